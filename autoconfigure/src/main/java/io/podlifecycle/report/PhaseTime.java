package io.podlifecycle.report;

import java.time.Duration;

/**
 * When a phase of a shutdown was. Immutable.
 *
 * @param phase the phase
 * @param begin how long after the beginning of the shutdown it began
 * @param time how long it took, or takes so far
 * @since 0.1.0
 */
public record PhaseTime(Phase phase, Duration begin, Duration time) {

	/**
	 * Return when it ended.
	 * @return how long after the beginning of the shutdown
	 */
	public Duration end() {
		return this.begin.plus(this.time);
	}

}
