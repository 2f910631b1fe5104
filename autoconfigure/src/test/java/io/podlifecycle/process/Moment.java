package io.podlifecycle.process;

import java.util.Locale;

/**
 * A moment in the life of a {@link ChaosApplication}: what has to have happened, and how
 * long the time after it is of interest. Some are those of a further signal.
 */
enum Moment {

	/** From the first instruction of the JVM on. */
	START("", 2500, ""),

	/** The dependency has not answered yet, or never will. */
	WAIT("Waiting for", 1500, ""),

	/** A bean takes its time; then the web server comes. */
	REFRESH("Refresh goes on", 2500, ""),

	/** The application requests its own paths; then it is ready, and clients come. */
	WARM_UP("Started ", 2000, ""),

	/** Clients are served. */
	LOAD("Readiness is ACCEPTING_TRAFFIC", 1500, ""),

	/**
	 * Clients are served, and while they learn of the shutdown a further signal comes.
	 */
	PROPAGATION("Readiness is ACCEPTING_TRAFFIC", 300, "Shutting down on"),

	/** Clients are served, and while their last requests are a further signal comes. */
	DRAIN("Readiness is ACCEPTING_TRAFFIC", 300, "Draining after"),

	/** Clients were served, and while the context closes a further signal comes. */
	CLOSE("Readiness is ACCEPTING_TRAFFIC", 300, "Drained in");

	private final String log;

	private final int spanMillis;

	private final String furtherLog;

	Moment(String log, int spanMillis, String furtherLog) {
		this.log = log;
		this.spanMillis = spanMillis;
		this.furtherLog = furtherLog;
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

	/**
	 * Return what the log says before the further signal is sent, nothing if that follows
	 * the first by its time.
	 */
	String furtherLog() {
		return this.furtherLog;
	}

	boolean isServing() {
		return compareTo(LOAD) >= 0;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
