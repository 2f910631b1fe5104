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

	private static final Pattern URL = Pattern.compile("\\b(?:localhost|127\\.0\\.0\\.1):(\\d{1,5})(/[^\\s?\"']*)");

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
					"The application assumes that a preStop hook sleeps for " + known.toSeconds()
							+ " s, and there is none: its deadline is that much too early.",
					"remove pod-lifecycle.shutdown.pre-stop-delay"));
		}
	}

	private static void checkCommand(AppContainer app, Node field, Duration known, List<Finding> findings) {
		HookCommand command = HookCommand.of(field.texts(), app.variables());
		if (!command.problem().isEmpty()) {
			findings.add(broken(app, field, command.problem()));
		}
		else if (command.slept() == null) {
			checkUnknown(app, field, String.join(" ", field.texts()), findings);
		}
		else if (!command.slept().isZero()) {
			checkSleep(app, field, command.slept(), known, findings);
		}
	}

	private static Finding broken(AppContainer app, Node field, String problem) {
		return app.finding(Rule.PRE_STOP_COMMAND, field, problem + ": the hook fails at once, and the kubelet goes on.",
				"remove the hook, since the application waits by itself, or write it as [sleep, \"10\"] or "
						+ "[sh, -c, \"sleep 10\"]");
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
							+ (app.assumesPreStop() ? "is not told: it assumes " : "assumes ") + known.toSeconds()
							+ " s.",
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
							+ ", and ignore that it is not found.",
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
					+ ", the hook asks " + text + ", and the kubelet ignores that it fails.", "ask port " + expected));
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
