package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;

/**
 * Draws a row for each kind of failure, with a stroke for each failure, or for those that
 * fell together.
 */
final class FailureChart {

	private static final int ROW = 20;

	private static final int RESOLUTION = 1_000;

	private FailureChart() {
	}

	static void draw(Rollout rollout, Scales scales, Markup markup) {
		Map<Failure.Kind, Long> kinds = rollout.load().failuresByKind();
		Plot plot = Plot.open(markup, scales.time(), kinds.size() * ROW, "failures",
				"Failures over time: " + RolloutText.of(rollout).requests());
		int row = 0;
		for (Map.Entry<Failure.Kind, Long> kind : kinds.entrySet()) {
			int top = row++ * ROW;
			plot.rowLabel(kind.getValue() + " " + label(kind.getKey()), top + ROW / 2);
			List<Failure> failures = rollout.load()
				.failures()
				.stream()
				.filter((failure) -> failure.kind() == kind.getKey())
				.toList();
			strokes(failures, rollout.loadStartedAt(), scales.time(), markup, top);
		}
		plot.close();
	}

	static String label(Failure.Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	private static void strokes(List<Failure> failures, Duration loadStartedAt, TimeScale time, Markup markup,
			int top) {
		Map<Long, Duration> places = new TreeMap<>();
		for (Failure failure : failures) {
			Duration at = failure.at().plus(loadStartedAt);
			places.putIfAbsent(Math.round(time.fraction(at) * RESOLUTION), at);
		}
		for (Duration at : places.values()) {
			markup.open("line", "class", "failure", "x1", time.at(at), "x2", time.at(at), "y1", String.valueOf(top + 3),
					"y2", String.valueOf(top + ROW - 3));
			markup.element("title", label(failures.get(0).kind()) + " at " + RolloutText.seconds(at)).close();
		}
	}

}
