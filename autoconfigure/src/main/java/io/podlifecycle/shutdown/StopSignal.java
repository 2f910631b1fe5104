package io.podlifecycle.shutdown;

import io.podlifecycle.report.Trigger;

/**
 * A signal that asks a process to stop.
 */
enum StopSignal {

	/** What Kubernetes sends unless the image or the pod names another signal. */
	TERM(15, Trigger.SIGTERM),

	/** Ctrl-C; on Kubernetes a stop signal that an image may choose. */
	INT(2, Trigger.SIGINT);

	private final int number;

	private final Trigger trigger;

	StopSignal(int number, Trigger trigger) {
		this.number = number;
		this.trigger = trigger;
	}

	/** The exit code of a process that the signal has ended. */
	int exitCode() {
		return 128 + this.number;
	}

	Trigger trigger() {
		return this.trigger;
	}

}
