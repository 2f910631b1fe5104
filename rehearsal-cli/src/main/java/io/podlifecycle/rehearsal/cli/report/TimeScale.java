package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Places times on the horizontal axis, in percent of its length. Immutable.
 */
final class TimeScale {

	private static final int MOST_TICKS = 9;

	private static final List<Long> STEPS = List.of(1L, 2L, 5L, 10L, 20L, 30L, 60L, 120L, 300L, 600L, 1_800L, 3_600L,
			7_200L);

	private final double seconds;

	/**
	 * Creates the scale from zero to an end.
	 * @param end the last time
	 */
	TimeScale(Duration end) {
		this.seconds = Math.max(end.toMillis() / 1_000.0, 0.001);
	}

	/**
	 * Returns where a time is.
	 * @param time the time
	 * @return the fraction of the axis, from 0 to 1: what lies outside is put at its ends
	 */
	double fraction(Duration time) {
		return Math.min(Math.max(time.toMillis() / 1_000.0 / this.seconds, 0), 1);
	}

	String at(Duration time) {
		return percent(fraction(time));
	}

	String width(Duration from, Duration to) {
		return percent(fraction(to) - fraction(from));
	}

	/**
	 * Returns the times to be labelled.
	 * @return round times, in order
	 */
	List<Duration> ticks() {
		long step = STEPS.stream()
			.filter((candidate) -> this.seconds / candidate < MOST_TICKS)
			.findFirst()
			.orElse((long) Math.ceil(this.seconds / MOST_TICKS));
		return LongStream.rangeClosed(0, (long) (this.seconds / step))
			.mapToObj((tick) -> Duration.ofSeconds(tick * step))
			.toList();
	}

	private static String percent(double fraction) {
		return String.format(Locale.ROOT, "%.3f%%", fraction * 100);
	}

}
