package io.podlifecycle.shutdown;

import java.time.Duration;

import io.podlifecycle.Internal;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.Traffic;

/**
 * When the propagation delay is over. Immutable; decides, and keeps no time itself.
 *
 * @param mode whether evidence may end it
 * @param min how long it lasts at least: an average of all traffic proves nothing about
 * one proxy that learns late
 * @param max how long it lasts at the most
 * @param quietPeriod how long nothing must have arrived
 * @since 0.1.0
 */
@Internal
public record PropagationDelay(Mode mode, Duration min, Duration max, Duration quietPeriod) implements PropagationRule {

	/**
	 * So many requests must have failed to come, at the rate there was before, for their
	 * absence to be evidence.
	 */
	private static final double EXPECTED_ARRIVALS = 10;

	@Override
	public Delay begin(Duration alreadyOver, Traffic traffic, Ticker ticker) {
		double rateBefore = traffic.ratePerSecond();
		Stopwatch stopwatch = Stopwatch.start(ticker);
		return () -> judge(stopwatch.elapsed().plus(alreadyOver), traffic.quietFor(), rateBefore);
	}

	/**
	 * Decide whether the delay is over.
	 * @param elapsed the time since readiness was refused, or since the pod's preStop
	 * hook began if that was earlier
	 * @param quietFor the time since the last request
	 * @param rateBefore requests per second before the delay began
	 * @return why it is over, or {@link Propagation#IN_PROGRESS} if it is not
	 */
	Propagation judge(Duration elapsed, Duration quietFor, double rateBefore) {
		if (elapsed.compareTo(this.max) >= 0) {
			return Propagation.CAP;
		}
		if (this.mode == Mode.FIXED || elapsed.compareTo(this.min) < 0 || rateBefore <= 0) {
			return Propagation.IN_PROGRESS;
		}
		return (quietFor.compareTo(silenceNeeded(rateBefore)) >= 0) ? Propagation.QUIET : Propagation.IN_PROGRESS;
	}

	private Duration silenceNeeded(double rateBefore) {
		Duration expected = Duration.ofNanos((long) (EXPECTED_ARRIVALS / rateBefore * 1e9));
		return (expected.compareTo(this.quietPeriod) > 0) ? expected : this.quietPeriod;
	}

	/**
	 * Whether evidence may end the delay.
	 */
	public enum Mode {

		/**
		 * It ends once traffic has stopped, between {@code min} and {@code max}; without
		 * traffic before, at {@code max}: silence is no evidence then.
		 */
		ADAPTIVE,

		/**
		 * It always lasts {@code max}.
		 */
		FIXED

	}

}
