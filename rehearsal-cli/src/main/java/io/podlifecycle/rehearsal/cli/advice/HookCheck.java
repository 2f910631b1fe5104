package io.podlifecycle.rehearsal.cli.advice;

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

	private static final Pattern SLEEP = Pattern.compile("(?:\\S*/)?sleep (\\d{1,6})s?");

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
		if (!app.isShutdownKnown("pre-stop-delay")) {
			return;
		}
		Duration known = app.preStop();
		Node sleep = preStop.get("sleep").get("seconds");
		Node command = preStop.get("exec").get("command");
		if (sleep.exists()) {
			checkSleep(app, sleep, sleep.number(0), known, findings);
		}
		else if (command.exists()) {
			sleepOf(command.texts()).ifPresent((seconds) -> checkSleep(app, command, seconds, known, findings));
		}
		else if (!preStop.exists() && !known.isZero() && !app.assumesPreStop()) {
			findings.add(app.finding(Rule.PRE_STOP_DELAY, preStop,
					"The application believes that a preStop hook sleeps for " + known.toSeconds()
							+ " s, and there is none: it leaves that much too soon.",
					"remove pod-lifecycle.shutdown.pre-stop-delay"));
		}
	}

	private static OptionalInt sleepOf(List<String> command) {
		boolean shell = command.size() == 3 && CommandCheck.isShell(command);
		Matcher matcher = SLEEP.matcher(shell ? command.get(2).strip() : String.join(" ", command));
		return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
	}

	private static void checkSleep(AppContainer app, Node field, int seconds, Duration known, List<Finding> findings) {
		if (app.assumesPreStop() || !known.equals(Duration.ofSeconds(seconds))) {
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
		OptionalInt port = app.port(get.get("port"));
		if (endpoints.managementPort() != 0 && (port.isEmpty() || port.getAsInt() != endpoints.managementPort())) {
			findings.add(app.finding(Rule.PRE_STOP_PORT, get.get("port"),
					"The endpoint is on port " + endpoints.managementPort() + ", the hook asks "
							+ get.get("port").text().orElse("none") + ", and nobody minds that it fails.",
					"ask port " + endpoints.managementPort()));
		}
		String access = app.properties()
			.get("management.endpoint.prestop.access",
					app.properties().get("management.endpoints.access.default", "none"));
		List<String> exposed = app.properties().list("management.endpoints.web.exposure.include");
		boolean accessible = !access.equalsIgnoreCase("none") && (exposed.contains("prestop") || exposed.contains("*"));
		if (!accessible) {
			findings.add(app.finding(Rule.PRE_STOP_ACCESS, get,
					"The endpoint answers \"not found\": its access is " + access + " and exposed are " + exposed + ".",
					"set management.endpoint.prestop.access to read-only, and add prestop to "
							+ "management.endpoints.web.exposure.include"));
		}
	}

}
