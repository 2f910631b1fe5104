package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.function.Function;

import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.Rollout;

/**
 * Draws the median and the 99th percentile of the latency over time. Where nothing was
 * answered the lines are interrupted.
 */
final class LatencyChart {

	private static final int HEIGHT = 96;

	/** The lines are stretched to the width of the page; their strokes are not. */
	private static final int WIDTH = 10_000;

	private LatencyChart() {
	}

	static void draw(Rollout rollout, Scales scales, Markup markup) {
		Plot plot = Plot.open(markup, scales.time(), HEIGHT, "latency",
				"Latency over time, median and 99th percentile, on a logarithmic scale");
		plot.valueAxis(scales.latency(), " ms");
		markup.open("svg", "width", "100%", "height", String.valueOf(HEIGHT), "viewBox", "0 0 " + WIDTH + " " + HEIGHT,
				"preserveAspectRatio", "none");
		line("p99", LoadSlice::p99, rollout, scales, plot, markup);
		line("p50", LoadSlice::p50, rollout, scales, plot, markup);
		markup.close();
		plot.close();
	}

	private static void line(String kind, Function<LoadSlice, Duration> latency, Rollout rollout, Scales scales,
			Plot plot, Markup markup) {
		StringBuilder path = new StringBuilder();
		boolean interrupted = true;
		for (LoadSlice slice : Slices.of(rollout)) {
			Duration value = latency.apply(slice);
			if (!value.isZero()) {
				Duration middle = slice.at().plus(slice.length().dividedBy(2));
				path.append(interrupted ? 'M' : 'L')
					.append(Plot.number(WIDTH * scales.time().fraction(middle)))
					.append(',')
					.append(Plot.number(plot.y(scales.latency(), Scales.millis(value))))
					// A single point is seen, too.
					.append(interrupted ? "h0.01" : "");
			}
			interrupted = value.isZero();
		}
		if (path.length() > 0) {
			markup.empty("path", "class", "curve " + kind, "d", path.toString());
		}
	}

}
