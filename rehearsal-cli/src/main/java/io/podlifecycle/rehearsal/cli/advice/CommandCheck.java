package io.podlifecycle.rehearsal.cli.advice;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds out whether SIGTERM reaches the application, and its termination message the
 * kubelet.
 */
final class CommandCheck implements Check {

	private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");

	private static final Pattern PASSES_ON = Pattern.compile("(?:^|[;&|\\s])(?:exec|trap)\\s");

	private static final String TERMINATION_LOG = "/dev/termination-log";

	private static final Set<String> STOP_SIGNALS = Set.of("SIGTERM", "SIGINT");

	@Override
	public List<Finding> check(AppContainer app) {
		Node signal = app.node().get("lifecycle").get("stopSignal");
		if (app.leavesInOrder() && !STOP_SIGNALS.contains(signal.text().orElse("SIGTERM"))) {
			return List.of(app.finding(Rule.STOP_SIGNAL, signal,
					"The kubelet sends " + signal.text().orElse("") + ", and the application begins its graceful "
							+ "shutdown at SIGTERM and SIGINT only: it is cut off.",
					"remove it, or set it to SIGTERM"));
		}
		if (signal.exists() && !app.workload().podSpec().get("os").get("name").exists()) {
			return List.of(app.finding(Rule.STOP_SIGNAL, signal,
					"The API server refuses it in a pod that does not name its operating system.",
					"remove it, since SIGTERM is the default, or set spec.os.name of the pod to linux"));
		}
		Node command = app.node().get("command");
		List<String> words = Stream.concat(command.texts().stream(), app.node().get("args").texts().stream()).toList();
		if (command.exists() && isShell(words) && !PASSES_ON.matcher(String.join(" ", words)).find()) {
			return List.of(app.finding(Rule.SHELL_FORM, command,
					"Process 1 is a shell, which does not pass SIGTERM on: nothing happens until SIGKILL.",
					"name the program itself, such as [java, -jar, app.jar], or let the script end with exec java …"));
		}
		Node path = app.node().get("terminationMessagePath");
		String own = app.properties().get("pod-lifecycle.shutdown.termination-message.path", TERMINATION_LOG);
		if (app.leavesInOrder() && !path.text().orElse(TERMINATION_LOG).equals(own)) {
			return List.of(app.finding(Rule.TERMINATION_MESSAGE, path,
					"The kubelet reads the termination message from " + path.text().orElse(TERMINATION_LOG)
							+ ", the application writes them to " + own + ".",
					"set it and pod-lifecycle.shutdown.termination-message.path to the same path"));
		}
		return List.of();
	}

	static boolean isShell(List<String> words) {
		return script(words).isPresent();
	}

	/**
	 * Return what a shell is to run.
	 */
	static Optional<String> script(List<String> words) {
		String program = words.isEmpty() ? "" : words.get(0).replaceFirst(".*/", "");
		return words.stream()
			.dropWhile((word) -> !SHELLS.contains(program) || !word.matches("-[a-z]*c"))
			.skip(1)
			.findFirst();
	}

}
