package io.podlifecycle.rehearsal.cli.advice;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What manifests are held against.
 *
 * @since 0.1.0
 */
enum Rule {

	/** The kubelet and the application have the same grace period. */
	GRACE_PERIOD,

	/**
	 * Everything that the application does while it shuts down fits into the grace
	 * period.
	 */
	BUDGET,

	/** No probe has a grace period of its own that is shorter than the application's. */
	PROBE_GRACE_PERIOD,

	/** The application knows for how long the preStop hook sleeps. */
	PRE_STOP_DELAY,

	/** The path of the preStop hook is one that old kubelets ask for, too. */
	PRE_STOP_SLASH,

	/** The preStop endpoint is on the port that the hook asks. */
	PRE_STOP_PORT,

	/** The preStop endpoint may be called. */
	PRE_STOP_ACCESS,

	/** The command of the preStop hook exists. */
	PRE_STOP_COMMAND,

	/** The preStop hook does not end the application before SIGTERM does. */
	PRE_STOP_SHUTDOWN,

	/** What the preStop hook does can be told, or the application is told its time. */
	PRE_STOP_UNKNOWN,

	/** No postStart hook asks the application, which does not listen yet. */
	POST_START_HTTP,

	/** There is a readiness probe. */
	READINESS_MISSING,

	/** The readiness probe asks readiness. */
	READINESS_ASKS_LIVENESS,

	/** The startup probe asks liveness. */
	STARTUP_ASKS_READINESS,

	/** The liveness probe asks liveness. */
	LIVENESS_ASKS_READINESS,

	/** Probes ask paths that the application answers. */
	PROBE_PATH,

	/** Probes ask the port that the application answers on. */
	PROBE_PORT,

	/** Probes ask, and do not only connect. */
	TCP_SOCKET,

	/** The startup probe is more patient than the wait for dependencies. */
	STARTUP_TIME,

	/** Signals reach the JVM. */
	SHELL_FORM,

	/** The kubelet sends a signal at which the application begins its shutdown. */
	STOP_SIGNAL,

	/** Everything from which the application takes configuration is to be had. */
	CONFIGURATION_UNKNOWN,

	/** The application writes its termination message where the kubelet reads them. */
	TERMINATION_MESSAGE;

	/**
	 * Returns the rule of an id.
	 * @throws IllegalArgumentException if there is none
	 */
	static Rule of(String id) {
		return Stream.of(values())
			.filter((rule) -> rule.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no rule '" + id + "', but there are "
					+ Stream.of(values()).map(Rule::id).collect(Collectors.joining(", "))));
	}

	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
