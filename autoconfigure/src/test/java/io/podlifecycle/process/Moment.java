package io.podlifecycle.process;

import java.util.Locale;

/**
 * A moment in the life of a {@link ChaosApplication}: what has to have happened, and how
 * long the time after it is of interest.
 */
enum Moment {

	/** From the first instruction of the JVM on. */
	START("", 2500),

	/** The dependency has not answered yet, or never will. */
	WAIT("Waiting for", 1500),

	/** A bean takes its time; then the SIGTERM handler and the web server come. */
	REFRESH("Refresh goes on", 2500),

	/** The application requests its own paths; then it is ready, and clients come. */
	WARM_UP("Started ", 2000),

	/** Clients are served. */
	LOAD("Readiness is ACCEPTING_TRAFFIC", 1500),

	/** Clients are served, and while their last requests are a further signal comes. */
	DRAIN("Readiness is ACCEPTING_TRAFFIC", 300);

	private final String log;

	private final int spanMillis;

	Moment(String log, int spanMillis) {
		this.log = log;
		this.spanMillis = spanMillis;
	}

	/**
	 * Return what the log says when it begins, nothing for the start of the process.
	 */
	String log() {
		return this.log;
	}

	int spanMillis() {
		return this.spanMillis;
	}

	boolean isServing() {
		return this == LOAD || this == DRAIN;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
