package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import io.podlifecycle.rehearsal.cli.advice.Endpoints.Endpoint;
import io.podlifecycle.rehearsal.cli.advice.Endpoints.Group;
import org.jspecify.annotations.Nullable;

/**
 * Holds the probes against where the application answers, and what its answers mean.
 */
final class ProbeCheck implements Check {

	private static final int PERIOD_SECONDS = 10;

	private static final int FAILURES = 3;

	/** For the application's own start, once it has waited. */
	private static final int START_SECONDS = 30;

	@Override
	public List<Finding> check(AppContainer app) {
		List<Finding> findings = new ArrayList<>();
		Endpoints endpoints = new Endpoints(app.properties());
		Node readiness = app.node().get("readinessProbe");
		if (!readiness.exists() && app.serves()) {
			findings.add(app.finding(Rule.READINESS_MISSING, readiness,
					"Without it the pod gets requests as soon as its process is started, and as long as it leaves.",
					"ask " + describe(endpoints.of(Group.READINESS))));
		}
		check(app, endpoints, "startupProbe", Group.LIVENESS, findings);
		check(app, endpoints, "readinessProbe", Group.READINESS, findings);
		check(app, endpoints, "livenessProbe", Group.LIVENESS, findings);
		checkStartupTime(app, findings);
		return findings;
	}

	private static String describe(Endpoint endpoint) {
		return endpoint.path() + ((endpoint.port() != 0) ? " on port " + endpoint.port() : "");
	}

	private static void check(AppContainer app, Endpoints endpoints, String name, Group wanted,
			List<Finding> findings) {
		Node probe = app.node().get(name);
		String fix = "ask " + describe(endpoints.of(wanted));
		if (probe.get("tcpSocket").exists()) {
			findings.add(app.finding(Rule.TCP_SOCKET, probe.get("tcpSocket"),
					"A connection says nothing: the library's early probe server accepts it from the first second, "
							+ "and a server that leaves still does.",
					fix + ", with httpGet"));
		}
		Node get = probe.get("httpGet");
		if (!get.exists()) {
			return;
		}
		String path = get.get("path").text().orElse("/");
		Endpoint endpoint = endpoints.at(path).orElse(null);
		if (endpoint == null) {
			findings.add(app.finding(Rule.PROBE_PATH, get.get("path"), unknownPath(path, wanted), fix));
		}
		else if (endpoint.group() != wanted) {
			findings.add(wrongGroup(app, name, get, fix));
		}
		else {
			checkPort(app, get.get("port"), endpoint, findings);
		}
	}

	private static String unknownPath(String path, Group wanted) {
		return path + ((wanted == Group.READINESS)
				? " does not tell whether the application is ready: it is not refused when it leaves."
				: " does not tell whether the application is alive: the library's early probe server, for one, answers it with 503.");
	}

	private static Finding wrongGroup(AppContainer app, String name, Node get, String fix) {
		return switch (name) {
			case "startupProbe" -> app.finding(Rule.STARTUP_ASKS_READINESS, get.get("path"),
					"It asks readiness, which is refused while the application waits for what it depends on: the "
							+ "application is killed before it can say what is missing.",
					fix);
			case "livenessProbe" -> app.finding(Rule.LIVENESS_ASKS_READINESS, get.get("path"),
					"It asks readiness, which is refused while a dependency is lost: the application is killed, which "
							+ "brings nothing back.",
					fix);
			default -> app.finding(Rule.READINESS_ASKS_LIVENESS, get.get("path"),
					"It asks liveness, which is granted long before the application can serve.", fix);
		};
	}

	private static void checkPort(AppContainer app, Node field, Endpoint endpoint, List<Finding> findings) {
		OptionalInt port = app.port(field);
		@Nullable String problem = null;
		if (port.isEmpty()) {
			problem = "The container has no port with the name " + field.text().orElse("''") + ".";
		}
		else if (endpoint.port() != 0 && port.getAsInt() != endpoint.port()) {
			problem = "The application answers " + endpoint.path() + " on port " + endpoint.port() + ", not on "
					+ port.getAsInt() + ".";
		}
		if (problem != null) {
			findings.add(app.finding(Rule.PROBE_PORT, field, problem, "ask " + describe(endpoint)));
		}
	}

	private static void checkStartupTime(AppContainer app, List<Finding> findings) {
		Duration wait = app.startupTimeout().orElse(Duration.ZERO);
		Node startup = app.node().get("startupProbe");
		Node liveness = app.node().get("livenessProbe");
		if (startup.exists()) {
			boolean unanswered = isUnanswered(app, startup);
			long least = wait.toSeconds() + (unanswered ? START_SECONDS : 0);
			if (least > 0 && patience(startup) <= least) {
				findings.add(app.finding(Rule.STARTUP_TIME, startup.get("failureThreshold"),
						"The kubelet kills the process after " + patience(startup) + " s"
								+ (unanswered ? ", and nobody answers this probe before the server is there"
										: " wherever the early probe server cannot answer")
								+ (wait.isZero() ? "."
										: ", and the application waits up to " + wait.toSeconds()
												+ " s for what it depends on, before it says what is missing."),
						"set it to " + failures(startup, wait) + " or more"
								+ (wait.isZero() ? "" : ", or lower pod-lifecycle.startup.timeout")));
			}
		}
		else if (liveness.exists() && isUnanswered(app, liveness)
				&& patience(liveness) <= wait.toSeconds() + START_SECONDS) {
			findings.add(app.finding(Rule.STARTUP_MISSING, startup,
					"Nobody answers the liveness probe before the server is there, and the kubelet kills the process "
							+ "after " + patience(liveness) + " s.",
					"add one with periodSeconds: " + PERIOD_SECONDS + " and failureThreshold: "
							+ failures(startup, wait) + " or more"));
		}
	}

	/** The early probe server speaks HTTP only. */
	private static boolean isUnanswered(AppContainer app, Node probe) {
		boolean waitsInSilence = app.startupTimeout().isPresent() && !app.hasEarlyProbes();
		return probe.get("grpc").exists() || (probe.get("httpGet").exists() && waitsInSilence);
	}

	private static long patience(Node probe) {
		return delay(probe) + (long) period(probe) * probe.get("failureThreshold").number(FAILURES);
	}

	private static long failures(Node probe, Duration wait) {
		return (wait.toSeconds() + START_SECONDS - delay(probe) + period(probe) - 1) / Math.max(1, period(probe)) + 1;
	}

	private static int delay(Node probe) {
		return probe.get("initialDelaySeconds").number(0);
	}

	private static int period(Node probe) {
		return probe.get("periodSeconds").number(PERIOD_SECONDS);
	}

}
