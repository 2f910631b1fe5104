package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;

import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;

/**
 * Draws requests per second, the failed ones on top of the answered ones.
 */
record RequestChart(Plot plot, Scales scales, Markup markup) {

	private static final int HEIGHT = 96;

	/** A single failure among many requests must be seen. */
	private static final double LEAST_PIXELS = 3;

	static void draw(Rollout rollout, Scales scales, Markup markup) {
		Plot plot = Plot.open(markup, scales.time(), HEIGHT, "requests",
				"Requests per second over time: " + RolloutText.of(rollout).requests());
		plot.valueAxis(scales.rate(), "/s");
		RequestChart chart = new RequestChart(plot, scales, markup);
		Slices.of(rollout).stream().filter((slice) -> slice.requests() > 0).forEach(chart::bar);
		plot.close();
	}

	private void bar(LoadSlice slice) {
		double top = this.plot.y(this.scales.rate(), Scales.rate(slice));
		double split = this.plot.y(this.scales.rate(), Scales.perSecond(slice.requests() - slice.failed(), slice));
		this.markup.open("g", "class", "bar");
		this.markup.element("title",
				slice.requests() + " requests, " + slice.failed() + " of them failed"
						+ PodTimelineChart.span(slice.at(), slice.at().plus(slice.length())) + ", latency p50 "
						+ Plot.number(Scales.millis(slice.p50())) + " ms, p99 "
						+ Plot.number(Scales.millis(slice.p99())) + " ms");
		rect("answered", slice, split, HEIGHT - split);
		if (slice.failed() > 0) {
			double height = Math.max(split - top, LEAST_PIXELS);
			rect("failed", slice, Math.max(split - height, 0), height);
		}
		this.markup.close();
	}

	private void rect(String kind, LoadSlice slice, double y, double height) {
		TimeScale time = this.scales.time();
		Duration end = slice.at().plus(slice.length());
		this.markup.empty("rect", "class", kind, "x", time.at(slice.at()), "width", time.width(slice.at(), end), "y",
				Plot.number(y), "height", Plot.number(height));
	}

}
