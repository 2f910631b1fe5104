package io.podlifecycle.rehearsal.cli.advice;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the hooks against what the application knows of them.
 */
final class HookCheck implements Check {

	private static final Pattern SLEEP = Pattern.compile("(?:\\S*/)?sleep");

	private static final Pattern TIME = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)([smh]?)");

	private static final Pattern NO_TIME = Pattern.compile("[A-Za-z][\\w-]*");

	private static final Pattern INSTANT = Pattern.compile("(?:\\S*/)?(?:echo|true|:|date|exit|set)");

	private static final Pattern URL = Pattern.compile("\\b(?:localhost|127\\.0\\.0\\.1):(\\d{1,5})(/[^\\s?\"']*)");

	private static final Pattern CALL = Pattern.compile("\\$\\(|`|^[|&]$");

	@Override
	public List<Finding> check(AppContainer app) {
		List<Finding> findings = new ArrayList<>();
		Node lifecycle = app.node().get("lifecycle");
		Node postStart = lifecycle.get("postStart").get("httpGet");
		if (postStart.exists()) {
			findings.add(app.finding(Rule.POST_START_HTTP, postStart,
					"Nothing of the application listens yet when this hook asks: it fails, and the container is killed.",
					"leave it to an ApplicationRunner, or to the warm-up"));
		}
		Node preStop = lifecycle.get("preStop");
		if (app.leavesInOrder()) {
			checkDelay(app, preStop, findings);
			checkEndpoint(app, preStop.get("httpGet"), findings);
		}
		return findings;
	}

	private static void checkDelay(AppContainer app, Node preStop, List<Finding> findings) {
		Duration known = app.preStop();
		Node sleep = preStop.get("sleep").get("seconds");
		Node command = preStop.get("exec").get("command");
		if (sleep.exists()) {
			checkSleep(app, sleep, Duration.ofSeconds(sleep.number(0)), known, findings);
		}
		else if (command.exists()) {
			checkCommand(app, command, known, findings);
		}
		else if (preStop.exists()) {
			String path = preStop.get("httpGet").get("path").text().orElse("");
			if (!new Endpoints(app.properties()).isPreStop(path)) {
				checkUnknown(app, preStop, path, findings);
			}
		}
		else if (app.isShutdownKnown("pre-stop-delay") && !known.isZero() && !app.assumesPreStop()) {
			findings.add(app.finding(Rule.PRE_STOP_DELAY, preStop,
					"The application believes that a preStop hook sleeps for " + known.toSeconds()
							+ " s, and there is none: it leaves that much too soon.",
					"remove pod-lifecycle.shutdown.pre-stop-delay"));
		}
	}

	private static void checkCommand(AppContainer app, Node field, Duration known, List<Finding> findings) {
		List<String> words = field.texts();
		List<List<String>> commands = CommandCheck.script(words)
			.map((script) -> ShellWords.commands(ShellWords.expandInShell(script, app.variables())))
			.orElse(words.isEmpty() ? List.of() : List.of(words));
		Duration slept = Duration.ZERO;
		boolean understood = !commands.isEmpty();
		for (List<String> command : commands) {
			List<String> rest = command.subList((command.size() > 1 && command.get(0).equals("exec")) ? 1 : 0,
					command.size());
			String program = rest.get(0);
			List<String> operands = rest.subList(1, rest.size());
			boolean sleeps = SLEEP.matcher(program).matches();
			if (program.matches("(?s).*\\s.*")) {
				findings.add(broken(app, field, "There is no program '" + program + "'"));
				return;
			}
			if (sleeps && (operands.isEmpty() || operands.stream().anyMatch(NO_TIME.asMatchPredicate()))) {
				findings.add(broken(app, field, "'" + String.join(" ", rest) + "' is no sleep, which needs a time"));
				return;
			}
			if (sleeps && operands.stream().allMatch(TIME.asMatchPredicate())) {
				slept = operands.stream().map(HookCheck::time).reduce(slept, Duration::plus);
			}
			else if (!INSTANT.matcher(program).matches() || operands.stream().anyMatch(CALL.asPredicate())) {
				understood = false;
			}
		}
		if (!understood) {
			checkUnknown(app, field, String.join(" ", words), findings);
		}
		else if (!slept.isZero()) {
			checkSleep(app, field, slept, known, findings);
		}
	}

	private static Finding broken(AppContainer app, Node field, String problem) {
		return app.finding(Rule.PRE_STOP_COMMAND, field, problem + ": the hook fails at once, and nobody minds.",
				"remove the hook, since the application waits by itself, or write it as [sleep, \"10\"] or "
						+ "[sh, -c, \"sleep 10\"]");
	}

	private static Duration time(String text) {
		Matcher time = TIME.matcher(text);
		long unit = switch (time.matches() ? time.group(2) : "") {
			case "m" -> 60_000;
			case "h" -> 3_600_000;
			default -> 1_000;
		};
		return Duration.ofMillis((long) (Double.parseDouble(time.group(1)) * unit));
	}

	private static void checkUnknown(AppContainer app, Node field, String call, List<Finding> findings) {
		Endpoints endpoints = new Endpoints(app.properties());
		Matcher url = URL.matcher(call);
		if (url.find() && endpoints.isPreStop(url.group(2))) {
			checkPort(app, field, OptionalInt.of(Integer.parseInt(url.group(1))), url.group(1), findings);
			checkAccess(app, field, findings);
		}
		else if (endpoints.isShutdown(call)) {
			findings.add(app.finding(Rule.PRE_STOP_SHUTDOWN, field,
					"The hook calls the shutdown endpoint: a GET is refused there, and a POST closes the application "
							+ "before SIGTERM does.",
					"remove the hook: SIGTERM ends the application"));
		}
		else if (app.isShutdownKnown("pre-stop-delay")
				&& app.properties().find("pod-lifecycle.shutdown.pre-stop-delay").isEmpty()) {
			findings.add(app.finding(Rule.PRE_STOP_UNKNOWN, field,
					"Cannot tell what this hook does, or how long: its time is part of the grace period.",
					"remove the hook, since the application waits by itself, or set "
							+ "pod-lifecycle.shutdown.pre-stop-delay to the time that it takes"));
		}
	}

	private static void checkSleep(AppContainer app, Node field, Duration slept, Duration known,
			List<Finding> findings) {
		if (app.isShutdownKnown("pre-stop-delay") && (app.assumesPreStop() || !known.equals(slept))) {
			String seconds = new BigDecimal(slept.toMillis()).movePointLeft(3).stripTrailingZeros().toPlainString();
			findings.add(app.finding(Rule.PRE_STOP_DELAY, field,
					"The hook sleeps for " + seconds + " s of the grace period, and the application "
							+ (app.assumesPreStop() ? "is not told: it assumes " : "believes that it is ")
							+ known.toSeconds() + " s.",
					"remove the hook, since the application waits by itself, or set "
							+ "pod-lifecycle.shutdown.pre-stop-delay to " + seconds + "s"));
		}
	}

	private static void checkEndpoint(AppContainer app, Node get, List<Finding> findings) {
		Endpoints endpoints = new Endpoints(app.properties());
		String path = get.get("path").text().orElse("");
		if (!endpoints.isPreStop(path)) {
			return;
		}
		if (path.startsWith("/")) {
			findings.add(app.finding(Rule.PRE_STOP_SLASH, get.get("path"),
					"Old kubelets (seen: 1.20) put a slash in front of it, ask for /" + path
							+ ", and do not mind that it is not found.",
					"leave the slash out: " + path.substring(1) + " is understood by all"));
		}
		Node port = get.get("port");
		checkPort(app, port, app.port(port), port.text().orElse("none"), findings);
		checkAccess(app, get, findings);
	}

	private static void checkPort(AppContainer app, Node field, OptionalInt port, String text, List<Finding> findings) {
		int expected = new Endpoints(app.properties()).managementPort();
		if (expected != 0 && (port.isEmpty() || port.getAsInt() != expected)) {
			findings.add(app.finding(Rule.PRE_STOP_PORT, field, "The endpoint is on port " + expected
					+ ", the hook asks " + text + ", and nobody minds that it fails.", "ask port " + expected));
		}
	}

	private static void checkAccess(AppContainer app, Node field, List<Finding> findings) {
		String access = app.properties()
			.get("management.endpoint.prestop.access",
					app.properties().get("management.endpoints.access.default", "none"));
		List<String> exposed = app.properties().list("management.endpoints.web.exposure.include");
		boolean accessible = !access.equalsIgnoreCase("none") && (exposed.contains("prestop") || exposed.contains("*"));
		if (!accessible) {
			findings.add(app.finding(Rule.PRE_STOP_ACCESS, field,
					"The endpoint answers \"not found\": its access is " + access + " and exposed are " + exposed + ".",
					"set management.endpoint.prestop.access to read-only, and add prestop to "
							+ "management.endpoints.web.exposure.include"));
		}
	}

}
