package io.podlifecycle.rehearsal.rollout;

import java.time.Duration;

/**
 * Something that happened to a pod. Immutable.
 *
 * @param at when, counted from the start of the rehearsal
 * @param kind what
 * @param detail more of it for people, such as a probe's answer or an exit code; empty if
 * there is nothing to add
 * @since 0.1.0
 */
public record PodEvent(Duration at, Kind kind, String detail) {

	/**
	 * What can happen to a pod. The order is that of an undisturbed life.
	 *
	 * @since 0.1.0
	 */
	public enum Kind {

		/** The pod was created; nothing runs yet. */
		CREATED,

		/** An init container was started. */
		INIT_STARTED,

		/** An init container has ended; the detail has its exit code. */
		INIT_ENDED,

		/** The process was started. */
		STARTED,

		/** The process waits for its dependencies, as it says in its journal. */
		WAIT_STARTED,

		/** The process has waited for its dependencies. */
		WAIT_ENDED,

		/** The startup probe succeeded, or there is none. */
		STARTUP_SUCCEEDED,

		/** The readiness probe made the pod ready. */
		READY,

		/** The readiness probe made the pod not ready. */
		NOT_READY,

		/** The liveness or the startup probe gave the process up. */
		PROBE_GAVE_UP,

		/**
		 * The node of the pod shuts down: its grace period begins, and its endpoint stays
		 * as long as it is ready.
		 */
		NODE_SHUTDOWN,

		/** The pod was deleted: its endpoint goes, and its grace period begins. */
		DELETED,

		/** The preStop hook was started. */
		PRE_STOP_STARTED,

		/** The preStop hook has ended; the detail says how. */
		PRE_STOP_ENDED,

		/** The process was sent SIGTERM. */
		SIGTERM,

		/** The process was sent SIGKILL. */
		SIGKILL,

		/** The process has ended; the detail has its exit code. */
		EXITED,

		/**
		 * The process will be started again, after a back-off; the detail has its time.
		 */
		BACK_OFF,

		/** The pod is terminated. */
		TERMINATED

	}

}
