package io.podlifecycle.rehearsal.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.cli.advice.AdviseCommand;
import io.podlifecycle.rehearsal.pod.PreStop;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

import org.springframework.boot.convert.DurationStyle;

/**
 * Runs the command that the first argument names:
 *
 * <pre>
 * java -jar pod-lifecycle-rehearsal-cli.jar rehearse app.jar --replicas 3 --lag 3s --compare
 * </pre>
 *
 * {@code --help} describes the options and the exit codes of each.
 *
 * @since 0.1.0
 */
@Command(name = "java -jar pod-lifecycle-rehearsal-cli.jar", synopsisSubcommandLabel = "COMMAND",
		description = "Shows what clients notice when the pods of an application come and go.")
public final class RehearsalCommandLine {

	static final int USAGE = 64;

	private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");

	@Option(names = { "-h", "--help" }, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this text.")
	@SuppressWarnings("UnusedVariable")
	private boolean help;

	RehearsalCommandLine() {
	}

	/**
	 * Run a command and exit.
	 * @param args its name and its arguments
	 */
	public static void main(String[] args) {
		// The HTTP client's log goes nowhere: it need not say so.
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
		PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
		System.exit(run(List.of(args), out, err, isTerminal(), UnaryOperator.identity()));
	}

	/**
	 * Run a command.
	 * @param adjustment for what has no option
	 * @return the exit code
	 */
	static int run(List<String> args, PrintWriter out, PrintWriter err, boolean terminal,
			UnaryOperator<Rehearsal> adjustment) {
		int end = args.contains("--") ? args.indexOf("--") : args.size();
		List<String> ofTheApp = args.subList(Math.min(end + 1, args.size()), args.size());
		CommandLine commands = commands(ofTheApp, out, err, terminal, adjustment);
		int exitCode = commands.execute(args.subList(0, end).toArray(String[]::new));
		out.flush();
		return exitCode;
	}

	static CommandLine commands(List<String> ofTheApp, PrintWriter out, PrintWriter err, boolean terminal,
			UnaryOperator<Rehearsal> adjustment) {
		RehearseCommand rehearse = new RehearseCommand(out, err, terminal, adjustment, ofTheApp);
		return new CommandLine(new RehearsalCommandLine()).addSubcommand(rehearse)
			.addSubcommand(new AdviseCommand(out, err, System.in, InstantSource.system()))
			.addSubcommand(new LoadCommand(out, err))
			.registerConverter(Duration.class, RehearsalCommandLine::duration)
			.registerConverter(InetSocketAddress.class, RehearsalCommandLine::address)
			.registerConverter(ScenarioOptions.Lag.class, RehearsalCommandLine::lag)
			.registerConverter(Scenario.class, RehearsalCommandLine::scenario)
			.registerConverter(PreStop.class, RehearsalCommandLine::preStop)
			.setExpandAtFiles(false)
			.setUsageHelpWidth(120)
			.setOut(out)
			.setErr(err)
			.setParameterExceptionHandler((ex, given) -> refuse(ex, ex.getCommandLine()))
			.setExecutionExceptionHandler((ex, command, result) -> {
				if (ex instanceof UsageException) {
					return refuse(ex, command);
				}
				throw ex;
			});
	}

	private static int refuse(Exception ex, CommandLine command) {
		command.getErr().println(ex.getMessage());
		command.getErr().println("See " + command.getCommandName() + " --help.");
		return USAGE;
	}

	private static Duration duration(String text) {
		try {
			return DurationStyle.detectAndParse(text, ChronoUnit.SECONDS);
		}
		catch (IllegalArgumentException ex) {
			throw new TypeConversionException("'" + text + "' is not like 300ms, 5s, 15m or 1h");
		}
	}

	private static Scenario scenario(String text) {
		List<Scenario> all = List.of(Scenario.values());
		return all.stream()
			.filter((scenario) -> scenario.toString().equals(text))
			.findFirst()
			.orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + all));
	}

	private static ScenarioOptions.Lag lag(String text) {
		String[] range = text.split("\\.\\.", 2);
		return new ScenarioOptions.Lag(duration(range[0]), duration(range[range.length - 1]));
	}

	private static InetSocketAddress address(String text) {
		Matcher matcher = ADDRESS.matcher(text);
		if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
			throw new TypeConversionException("'" + text + "' is not like db:5432");
		}
		InetSocketAddress address = new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
		if (address.isUnresolved()) {
			throw new TypeConversionException("the name '" + matcher.group(1) + "' cannot be resolved");
		}
		return address;
	}

	private static PreStop preStop(String text) {
		String[] words = text.trim().split("\\s+");
		if (words.length == 2 && words[0].equals("sleep")) {
			return PreStop.sleep(duration(words[1]));
		}
		if (words.length == 2 && words[0].equals("get") && words[1].startsWith("/")) {
			return PreStop.httpGet(words[1]);
		}
		if (words.length > 1 && words[0].equals("exec")) {
			return PreStop.exec(List.of(words).subList(1, words.length).toArray(String[]::new));
		}
		throw new TypeConversionException(
				"'" + text + "' is not like 'sleep 5s', 'get /path' or 'exec COMMAND ARGUMENT…'");
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

}
