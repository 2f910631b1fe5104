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

	/**
	 * A liveness probe that nobody answers before the server is there follows a startup
	 * probe.
	 */
	STARTUP_MISSING,

	/** Signals reach the JVM. */
	SHELL_FORM,

	/** The kubelet sends a signal at which the application begins its shutdown. */
	STOP_SIGNAL,

	/** Everything from which the application takes configuration is to be had. */
	CONFIGURATION_UNKNOWN,

	/** The application writes its termination message where the kubelet reads them. */
	TERMINATION_MESSAGE,

	/** The container is started again after the exit codes of the library. */
	RESTART_RULES,

	/** No exit code of the library that may pass ends a Job for good. */
	POD_FAILURE_POLICY,

	/** An application that has given up is not started again all the time. */
	RESTART_PERIOD,

	/** No native sidecar begins to end before the application has drained. */
	SIDECAR_PRE_STOP,

	/** No proxy is sent SIGTERM together with the application that drains through it. */
	SIDECAR_ORDER,

	/** An update leaves at least one pod that serves. */
	ROLLOUT_UNAVAILABLE,

	/** Pods of several replicas are not evicted all at once. */
	DISRUPTION_BUDGET_MISSING,

	/** The disruption budget permits a node to be drained. */
	DISRUPTION_BUDGET,

	/** Only the autoscaler says how many replicas there are. */
	AUTOSCALER_REPLICAS,

	/**
	 * The load of a JVM that has just started does not scale the application up during an
	 * update.
	 */
	MIN_READY_SECONDS,

	/** An update is not given up before the application has said what it waits for. */
	PROGRESS_DEADLINE,

	/** Traffic that stays within its zone finds another pod there when one leaves. */
	TOPOLOGY_REPLICAS;

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
