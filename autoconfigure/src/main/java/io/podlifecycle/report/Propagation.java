package io.podlifecycle.report;

/**
 * What becomes of the propagation delay of a shutdown.
 *
 * @since 0.1.0
 */
public enum Propagation implements Identifiable {

	/**
	 * It has not begun yet.
	 */
	PENDING("propagation delay not begun"),

	/**
	 * It has begun, and has not ended yet.
	 */
	IN_PROGRESS("propagation delay in progress"),

	/**
	 * It ended because each peer that had sent requests was silent for several times its
	 * largest gap.
	 */
	QUIET("traffic had stopped"),

	/**
	 * It ended at its shortest time because nothing but health checks had arrived for a
	 * minute.
	 */
	HEALTH_CHECKS_ONLY("nothing but health checks had arrived"),

	/**
	 * It ended because its longest time was over.
	 */
	CAP("its longest time was over"),

	/**
	 * A further signal ended it.
	 */
	ABORTED("a further signal ended it"),

	/**
	 * It ended because the grace period left no more time for it.
	 */
	DEADLINE("the grace period left no more time for it"),

	/**
	 * There is none outside of Kubernetes.
	 */
	NOT_ON_KUBERNETES("no propagation delay: not on Kubernetes"),

	/**
	 * There is none because a setting says so.
	 */
	DISABLED("no propagation delay: switched off"),

	/**
	 * There is none because no stop signal and no preStop hook triggered the shutdown.
	 */
	NO_STOP_SIGNAL("no propagation delay: not triggered by a stop signal"),

	/**
	 * There is none because the application was never ready, so that no client knows of
	 * it.
	 */
	NEVER_READY("no propagation delay: never ready"),

	/**
	 * There is none because nothing serves the network.
	 */
	NO_SERVER("no propagation delay: nothing serves the network"),

	/**
	 * There is none because whether it is necessary could not be found out.
	 */
	UNDECIDED("no propagation delay: it could not be decided");

	private final String description;

	Propagation(String description) {
		this.description = description;
	}

	/**
	 * Return whether there is no propagation delay.
	 * @return {@code true} if this is the reason why there is none
	 */
	public boolean isSkipped() {
		return compareTo(NOT_ON_KUBERNETES) >= 0;
	}

	/**
	 * Return whether the propagation delay has begun.
	 * @return {@code true} if it goes on or is over
	 */
	boolean hasBegun() {
		return this != PENDING && !isSkipped();
	}

	@Override
	public String toString() {
		return this.description;
	}

}
