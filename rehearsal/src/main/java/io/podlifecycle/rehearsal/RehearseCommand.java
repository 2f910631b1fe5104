package io.podlifecycle.rehearsal;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.podlifecycle.rehearsal.advice.AdviseCommand;
import io.podlifecycle.rehearsal.advice.RolloutAdvice;
import io.podlifecycle.rehearsal.report.HtmlReport;
import io.podlifecycle.rehearsal.report.JsonReport;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;
import io.podlifecycle.rehearsal.rollout.RolloutWriter;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;
import org.jspecify.annotations.Nullable;

/**
 * Rehearses an application from the command line:
 *
 * <pre>
 * java -jar pod-lifecycle-rehearsal.jar rehearse app.jar --replicas 3 --lag 3s --compare
 * </pre>
 *
 * {@code advise} as the first argument hands over to {@link AdviseCommand}.
 * {@code --help} tells the options and the exit codes. On Ctrl-C and SIGTERM all
 * processes are ended.
 *
 * @since 0.1.0
 */
public final class RehearseCommand {

	static final int NO_FAILURES = 0;

	static final int FAILURES = 1;

	static final int USAGE = 64;

	static final int NOT_REHEARSED = 69;

	static final int INTERNAL = 70;

	static final int NOT_WRITTEN = 74;

	/** What can be written to a file; the order is that of the help. */
	private static final List<RolloutWriter> WRITERS = List.of(new JsonReport(), new HtmlReport());

	private static final int SHOWN_FAILURES = 10;

	private final PrintStream out;

	private final PrintStream err;

	private final boolean terminal;

	private final List<RolloutWriter> writers;

	/** For what has no option. */
	private final UnaryOperator<Rehearsal> adjustment;

	private final AtomicBoolean interrupted = new AtomicBoolean();

	private final AtomicReference<@Nullable Rehearsal> running = new AtomicReference<>();

	RehearseCommand(PrintStream out, PrintStream err, boolean terminal, List<RolloutWriter> writers,
			UnaryOperator<Rehearsal> adjustment) {
		this.out = out;
		this.err = err;
		this.terminal = terminal;
		this.writers = writers;
		this.adjustment = adjustment;
	}

	/**
	 * Runs the command and exits.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		if (args.length > 0 && args[0].equals("advise")) {
			System
				.exit(new AdviseCommand(System.out, System.err, System.in).run(List.of(args).subList(1, args.length)));
		}
		// The HTTP client's log goes nowhere: it need not say so.
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		RehearseCommand command = new RehearseCommand(System.out, System.err, isTerminal(), WRITERS,
				UnaryOperator.identity());
		Runtime.getRuntime().addShutdownHook(new Thread(command::endOnSignal, "rehearse-end"));
		System.exit(command.run(List.of(args)));
	}

	@SuppressWarnings("SystemConsoleNull") // It does so on Java 17.
	private static boolean isTerminal() {
		Console console = System.console();
		if (console == null) {
			return false;
		}
		try {
			// From Java 22 on there is a console even where there is no terminal.
			return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (ReflectiveOperationException ex) {
			return true;
		}
	}

	private void endOnSignal() {
		Rehearsal rehearsal = this.running.get();
		if (rehearsal != null) {
			this.interrupted.set(true);
			rehearsal.close();
			this.err.println();
			this.err.println("Interrupted: the rehearsal is not complete. All its processes have ended.");
		}
	}

	int run(List<String> args) {
		RehearseArguments arguments;
		try {
			arguments = RehearseArguments.parse(args, this.writers);
		}
		catch (IllegalArgumentException ex) {
			this.err.println(ex.getMessage());
			this.err.println("See --help.");
			return USAGE;
		}
		if (arguments.wantsHelp()) {
			this.out.print(RehearseArguments.USAGE);
			this.writers
				.forEach((writer) -> this.out.printf("  %-24s %s%n", writer.option() + " FILE", writer.description()));
			this.out.println();
			this.out.print(RehearseArguments.EXIT_CODES);
			return NO_FAILURES;
		}
		return run(arguments);
	}

	private int run(RehearseArguments arguments) {
		try {
			List<Rollout> rollouts = new ArrayList<>();
			if (arguments.wantsComparison()) {
				this.out.println("Without the library (pod-lifecycle.enabled=false):");
				rollouts.add(rehearse(arguments, true));
				this.out.println("With the library:");
			}
			rollouts.add(rehearse(arguments, false));
			report(rollouts);
			if (arguments.wantsAdvice()) {
				advise(rollouts.get(rollouts.size() - 1));
			}
			write(rollouts, arguments.files());
			return (rollouts.get(rollouts.size() - 1).load().failed() == 0) ? NO_FAILURES : FAILURES;
		}
		catch (RehearsalException ex) {
			return failed(NOT_REHEARSED, String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			return failed(NOT_WRITTEN, "The file could not be written: " + ex);
		}
		catch (RuntimeException | AssertionError ex) {
			if (!this.interrupted.get()) {
				ex.printStackTrace(this.err);
			}
			return failed(INTERNAL, "This is an error of the rehearsal, not of the application.");
		}
	}

	private int failed(int exitCode, String message) {
		if (!this.interrupted.get()) {
			this.err.println(message);
		}
		return exitCode;
	}

	private Rollout rehearse(RehearseArguments arguments, boolean libraryOff) {
		ProgressDisplay display = new ProgressDisplay(this.out, this.terminal && !arguments.wantsPlainLines());
		try (Rehearsal rehearsal = this.adjustment.apply(arguments.rehearsal(libraryOff)).listener(display)) {
			if (arguments.wantsComparison()) {
				rehearsal.note("pod-lifecycle.enabled", libraryOff ? "false" : "as the application has it");
			}
			this.running.set(rehearsal);
			return arguments.play(rehearsal);
		}
		finally {
			if (!this.interrupted.get()) {
				this.running.set(null);
			}
			display.end();
		}
	}

	private void report(List<Rollout> rollouts) {
		List<String> titles = (rollouts.size() == 2) ? List.of("without", "with") : List.of("");
		this.out.println();
		this.out.print(Comparison.of(titles, rollouts));
		reportTerminationMessages(rollouts.get(rollouts.size() - 1));
		for (Rollout rollout : rollouts) {
			String failures = RolloutText.of(rollout).failures(SHOWN_FAILURES);
			if (!failures.isEmpty()) {
				String title = titles.get(rollouts.indexOf(rollout));
				this.out.println();
				this.out.println("The first failures" + (title.isEmpty() ? ":" : " " + title + " the library:"));
				this.out.println(failures);
			}
		}
	}

	private void advise(Rollout rollout) {
		this.out.println();
		this.out.println("What follows for the settings:");
		RolloutAdvice.of(rollout).settings().forEach((setting) -> this.out.println("  " + setting));
	}

	private void reportTerminationMessages(Rollout rollout) {
		for (PodLife pod : rollout.pods()) {
			String words = TerminationMessage.of(pod.terminationMessage()).text();
			if (!words.isEmpty()) {
				this.out.println();
				this.out.println("Termination message of " + pod.name() + ":");
				words.lines().forEach((line) -> this.out.println("  " + line));
			}
		}
	}

	private void write(List<Rollout> rollouts, Map<RolloutWriter, Path> files) throws IOException {
		for (Map.Entry<RolloutWriter, Path> file : files.entrySet()) {
			file.getKey().write(rollouts, file.getValue());
			this.out.println("Written: " + file.getValue().toAbsolutePath());
		}
	}

}
