package io.podlifecycle.rehearsal.cli.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;

/**
 * Explains what is drawn, and defines its patterns: no meaning is in the colour alone.
 */
final class Legend {

	private static final int WIDTH = 28;

	private static final int HEIGHT = 16;

	private Legend() {
	}

	/**
	 * Writes the patterns that the style sheet refers to.
	 */
	static void definePatterns(Markup markup) {
		markup.open("svg", "class", "patterns", "width", "0", "height", "0", "aria-hidden", "true").open("defs");
		pattern(markup, "dots", "M1,1h2v2h-2zM5,5h2v2h-2z");
		pattern(markup, "rising", "M-2,2L2,-2M0,8L8,0M6,10L10,6");
		pattern(markup, "falling", "M-2,6L2,10M0,0L8,8M6,-2L10,2");
		pattern(markup, "upright", "M2,0V8M6,0V8");
		pattern(markup, "level", "M0,2H8M0,6H8");
		pattern(markup, "grid", "M0,4H8M4,0V8");
		markup.close().close();
	}

	private static void pattern(Markup markup, String id, String path) {
		markup.open("pattern", "id", id, "width", "8", "height", "8", "patternUnits", "userSpaceOnUse")
			.empty("path", "d", path)
			.close();
	}

	static void write(List<Rollout> rollouts, Markup markup) {
		markup.open("ul", "class", "legend", "aria-label", "Legend");
		for (PodPhase.Kind kind : phases(rollouts)) {
			markup.open("li").open("svg", svg("span " + kind.label().replace(' ', '-')));
			box(markup, "fill", 0, HEIGHT);
			box(markup, "pattern", 0, HEIGHT);
			explain(markup, kind.label(), kind.meaning());
		}
		markup.open("li").open("svg", svg("swatch"));
		box(markup, "member", 5, 5);
		explain(markup, "line below", "the pod gets new connections");
		if (rollouts.stream().anyMatch((rollout) -> rollout.load().failed() > 0)) {
			markup.open("li").open("svg", svg("swatch"));
			box(markup, "band", 0, HEIGHT);
			explain(markup, "shaded time", "requests failed then");
		}
		List<PodLife> pods = rollouts.stream().flatMap((rollout) -> rollout.pods().stream()).toList();
		mark(markup, PodTimelineChart.SIGTERM, "SIGTERM",
				pods.stream().anyMatch((pod) -> has(pod, PodEvent.Kind.SIGTERM)));
		mark(markup, PodTimelineChart.SIGKILL, "SIGKILL",
				pods.stream().anyMatch((pod) -> has(pod, PodEvent.Kind.SIGKILL)));
		mark(markup, PodTimelineChart.RESTART, "the process ended and was started again",
				pods.stream().anyMatch((pod) -> pod.restarts() > 0));
		markup.close();
	}

	private static Set<PodPhase.Kind> phases(List<Rollout> rollouts) {
		Set<PodPhase.Kind> kinds = EnumSet.noneOf(PodPhase.Kind.class);
		for (Rollout rollout : rollouts) {
			rollout.pods().forEach((pod) -> PodPhases.of(pod, rollout).forEach((phase) -> kinds.add(phase.kind())));
		}
		return kinds;
	}

	private static boolean has(PodLife pod, PodEvent.Kind kind) {
		return pod.first(kind).isPresent();
	}

	private static void mark(Markup markup, String path, String name, boolean present) {
		if (present) {
			markup.open("li").open("svg", svg("mark")).open("svg", "x", "50%", "y", "4", "width", "12", "height", "8");
			markup.empty("path", "d", path).close().close().element("b", name).close();
		}
	}

	private static void explain(Markup markup, String name, String meaning) {
		markup.close().open("span").element("b", name).text(meaning).close().close();
	}

	private static String[] svg(String kind) {
		return new String[] { "class", kind, "width", String.valueOf(WIDTH), "height", String.valueOf(HEIGHT),
				"aria-hidden", "true" };
	}

	private static void box(Markup markup, String kind, int y, int height) {
		markup.empty("rect", "class", kind, "width", String.valueOf(WIDTH), "y", String.valueOf(y), "height",
				String.valueOf(height));
	}

}
