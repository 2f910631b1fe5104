package io.podlifecycle.rehearsal.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.RehearsalException;
import io.podlifecycle.rehearsal.cli.advice.RolloutAdvice;
import io.podlifecycle.rehearsal.cli.report.HtmlReport;
import io.podlifecycle.rehearsal.cli.report.JUnitReport;
import io.podlifecycle.rehearsal.cli.report.JsonReport;
import io.podlifecycle.rehearsal.cli.report.MarkdownSummary;
import io.podlifecycle.rehearsal.cli.report.Titles;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Rehearses an application. On Ctrl-C and SIGTERM all processes are ended.
 */
@Command(name = "rehearse", sortOptions = false,
		customSynopsis = "java -jar pod-lifecycle-rehearsal-cli.jar rehearse APP.jar [option…] [-- argument of the app…]%n",
		description = {
				"Starts the application as pods on this machine, puts load on them, and tells what clients noticed.",
				"In JVM options, arguments and variables {port} is the pod's port, {port.NAME} a further one; where none "
						+ "has {port}, --server.port={port} is added.%n" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:no request failed", "1:requests failed (of two that are compared: in the second)",
				"64:invalid arguments", "69:the application could not be rehearsed", "70:an error of this program",
				"74:a file could not be written", "130:Ctrl-C", "143:SIGTERM" })
final class RehearseCommand implements Callable<Integer> {

	static final int NO_FAILURES = 0;

	static final int FAILURES = 1;

	static final int NOT_REHEARSED = 69;

	static final int INTERNAL = 70;

	static final int NOT_WRITTEN = 74;

	private static final int SHOWN_FAILURES = 10;

	@Parameters(arity = "0..1", paramLabel = "APP.jar", description = "Application to rehearse.")
	private @Nullable Path jar;

	@ArgGroup(validate = false, order = 1, heading = "%nWhat runs:%n")
	private ApplicationOptions application = new ApplicationOptions();

	@ArgGroup(validate = false, order = 2, heading = "%nHow the kubelet treats it:%n")
	private KubeletOptions kubelet = new KubeletOptions();

	@ArgGroup(validate = false, order = 3, heading = "%nWhat happens:%n")
	private ScenarioOptions scenario = new ScenarioOptions();

	@ArgGroup(validate = false, order = 4, heading = "%nWhat clients do:%n")
	private ClientOptions clients = new ClientOptions();

	@ArgGroup(validate = false, order = 5, heading = "%nWhat comes out:%n")
	private OutputOptions output = new OutputOptions();

	private final PrintWriter out;

	private final PrintWriter err;

	private final boolean terminal;

	/** For what has no option. */
	private final UnaryOperator<Rehearsal> adjustment;

	private final List<String> arguments;

	private final AtomicBoolean interrupted = new AtomicBoolean();

	private final AtomicReference<@Nullable Rehearsal> running = new AtomicReference<>();

	RehearseCommand(PrintWriter out, PrintWriter err, boolean terminal, UnaryOperator<Rehearsal> adjustment,
			List<String> arguments) {
		this.out = out;
		this.err = err;
		this.terminal = terminal;
		this.adjustment = adjustment;
		this.arguments = List.copyOf(arguments);
	}

	@Override
	public Integer call() {
		check();
		Runtime.getRuntime().addShutdownHook(new Thread(this::endOnSignal, "rehearse-end"));
		try {
			return run();
		}
		catch (RehearsalException ex) {
			return failed(NOT_REHEARSED, String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			return failed(NOT_WRITTEN, String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException | AssertionError ex) {
			if (!this.interrupted.get()) {
				ex.printStackTrace(this.err);
			}
			return failed(INTERNAL, "This is an error of the rehearsal, not of the application.");
		}
	}

	/** All that can be wrong is found before anything is started. */
	private void check() {
		try {
			this.output.check();
			this.scenario.prepare();
			Rehearsal unused = describe(Run.RESULT);
			if (this.output.baseline != null) {
				unused = describe(Run.BASELINE);
			}
		}
		catch (IllegalArgumentException ex) {
			throw new UsageException(String.valueOf(ex.getMessage()));
		}
	}

	private Rehearsal describe(Run run) {
		PodSpec.Builder pod = this.application.pod((run == Run.BASELINE) ? this.output.baseline : this.jar,
				this.arguments, this.scenario::fillIn);
		if (run == Run.LIBRARY_OFF) {
			// Spring Boot's name for pod-lifecycle.enabled
			pod.environment("PODLIFECYCLE_ENABLED", "false");
		}
		return this.clients.describe(this.scenario.rehearsal(this.kubelet.describe(pod)));
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

	private int run() throws IOException {
		List<Rollout> rollouts = new ArrayList<>();
		if (this.output.compare) {
			this.out.println("Without the library (pod-lifecycle.enabled=false):");
			rollouts.add(rehearse(Run.LIBRARY_OFF));
			this.out.println("With the library:");
		}
		else if (this.output.baseline != null) {
			this.out.println("Before the change (" + this.output.baseline + "):");
			rollouts.add(rehearse(Run.BASELINE));
			this.out.println("After the change:");
		}
		Rollout last = rehearse(Run.RESULT);
		rollouts.add(last);
		report(rollouts);
		if (this.output.advise) {
			this.out.println();
			this.out.println("What follows for the settings:");
			RolloutAdvice.of(last).settings().forEach((setting) -> this.out.println("  " + setting));
		}
		write(rollouts, this.output.json, JsonReport::write);
		write(rollouts, this.output.report, HtmlReport::write);
		write(rollouts, this.output.junit, JUnitReport::write);
		write(rollouts, this.output.markdown, MarkdownSummary::write);
		return (last.load().failed() == 0) ? NO_FAILURES : FAILURES;
	}

	private int failed(int exitCode, String message) {
		if (!this.interrupted.get()) {
			this.err.println(message);
		}
		return exitCode;
	}

	private void write(List<Rollout> rollouts, @Nullable Path file, Report report) throws IOException {
		if (file != null) {
			try {
				this.out.println("Written: " + report.write(rollouts, file).toAbsolutePath());
			}
			catch (IOException ex) {
				throw new IOException(file + " could not be written: " + ex.getMessage(), ex);
			}
		}
	}

	private Rollout rehearse(Run run) {
		ProgressDisplay display = new ProgressDisplay(this.out, this.terminal && !this.output.plain);
		try (Rehearsal rehearsal = this.adjustment.apply(describe(run)).listener(display)) {
			if (this.output.compare) {
				rehearsal.note("pod-lifecycle.enabled",
						(run == Run.LIBRARY_OFF) ? "false" : "as the application has it");
			}
			else if (this.output.baseline != null) {
				rehearsal.note(Titles.VERSION, (run == Run.BASELINE) ? Titles.BEFORE : Titles.AFTER);
			}
			this.running.set(rehearsal);
			return this.scenario.play(rehearsal);
		}
		finally {
			if (!this.interrupted.get()) {
				this.running.set(null);
			}
			display.end();
		}
	}

	private void report(List<Rollout> rollouts) {
		this.out.println();
		this.out.print(Comparison.of(rollouts));
		reportTerminationMessages(rollouts.get(rollouts.size() - 1));
		for (int i = 0; i < rollouts.size(); i++) {
			String failures = RolloutText.of(rollouts.get(i)).failures(SHOWN_FAILURES);
			if (!failures.isEmpty()) {
				this.out.println();
				this.out.println("The first failures" + Titles.of(rollouts).within(i) + ":");
				this.out.println(failures);
			}
		}
	}

	private void reportTerminationMessages(Rollout rollout) {
		for (PodLife pod : rollout.pods()) {
			String text = TerminationMessage.of(pod.terminationMessage()).text();
			if (!text.isEmpty()) {
				this.out.println();
				this.out.println("Termination message of " + pod.name() + ":");
				text.lines().forEach((line) -> this.out.println("  " + line));
			}
		}
	}

	/** Which rehearsal of a comparison it is. */
	private enum Run {

		LIBRARY_OFF, BASELINE, RESULT

	}

	private interface Report {

		Path write(List<Rollout> rollouts, Path file) throws IOException;

	}

	/**
	 * What comes out.
	 */
	private static final class OutputOptions {

		@Option(names = "--compare", description = "Rehearse it twice, first with pod-lifecycle.enabled=false.")
		private boolean compare;

		@Option(names = "--baseline", paramLabel = "OTHER.jar",
				description = "Rehearse it twice, first this jar: the application before a change.")
		private @Nullable Path baseline;

		@Option(names = "--advise", description = "Say which values follow for the settings of the app and its probes.")
		private boolean advise;

		@Option(names = "--plain", description = "No progress line, even on a terminal.")
		private boolean plain;

		@Option(names = "--json", paramLabel = "FILE", description = "Write all that was seen as JSON.")
		private @Nullable Path json;

		@Option(names = "--report", paramLabel = "FILE",
				description = "Draw it as an HTML page that needs nothing else.")
		private @Nullable Path report;

		@Option(names = "--junit-xml", paramLabel = "FILE",
				description = "Write the result as that of a test, as JUnit XML.")
		private @Nullable Path junit;

		@Option(names = "--markdown", paramLabel = "FILE", description = "Write a summary in Markdown.")
		private @Nullable Path markdown;

		private void check() {
			requireWritable("--json", this.json);
			requireWritable("--report", this.report);
			requireWritable("--junit-xml", this.junit);
			requireWritable("--markdown", this.markdown);
			if (this.compare && this.baseline != null) {
				throw new UsageException("Either --compare or --baseline: each is a comparison of two");
			}
		}

		private static void requireWritable(String option, @Nullable Path file) {
			Path directory = (file != null) ? file.toAbsolutePath().getParent() : null;
			if (file != null && (directory == null || Files.isDirectory(file) || !Files.isWritable(directory))) {
				throw new UsageException(option + ": " + file
						+ " cannot be written: it is a directory, or its directory is not there or not writable");
			}
		}

	}

}
