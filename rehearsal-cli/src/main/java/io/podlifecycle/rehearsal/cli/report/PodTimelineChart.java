package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;

/**
 * Draws a lane for each pod: its phases, below them when it got new connections, its
 * signals and its end; behind them when requests failed; and a last lane with the number
 * of endpoints.
 */
record PodTimelineChart(Rollout rollout, Scales scales, Markup markup) {

	static final String SIGTERM = "M-5,0H5L0,8Z";

	static final String SIGKILL = "M-4,0L4,8M4,0L-4,8";

	static final String RESTART = "M0,0L4,4L0,8L-4,4Z";

	private static final int LANE = 40;

	private static final int BAR_TOP = 8;

	private static final int BAR = 20;

	private static final int MEMBERSHIP_TOP = BAR_TOP + BAR + 2;

	private static final int MEMBERSHIP = 5;

	private static final int ENDPOINTS = 30;

	static void draw(Rollout rollout, Scales scales, Markup markup) {
		new PodTimelineChart(rollout, scales, markup).draw();
	}

	private void draw() {
		List<PodLife> pods = this.rollout.pods();
		int height = pods.size() * LANE + ENDPOINTS;
		Plot plot = Plot.open(this.markup, this.scales.time(), height, "lanes",
				"Lives of " + pods.size() + " pods and the endpoints of their Service. The events are told below.");
		Slices.of(this.rollout).stream().filter((slice) -> slice.failed() > 0).forEach((slice) -> band(slice, height));
		for (int i = 0; i < pods.size(); i++) {
			lane(plot, pods.get(i), i * LANE);
		}
		endpoints(plot, pods.size() * LANE + 4);
		plot.close();
	}

	private void band(LoadSlice slice, int height) {
		TimeScale time = this.scales.time();
		Duration end = slice.at().plus(slice.length());
		this.markup.open("rect", "class", "band", "x", time.at(slice.at()), "width", time.width(slice.at(), end), "y",
				"0", "height", String.valueOf(height));
		this.markup.element("title", slice.failed() + " requests failed" + span(slice.at(), end)).close();
	}

	private void lane(Plot plot, PodLife pod, int top) {
		this.markup.open("g", "class", "lane");
		plot.rowLabel(pod.name(), top + BAR_TOP + BAR / 2);
		for (PodPhase phase : PodPhases.of(pod, this.rollout)) {
			String name = phase.kind().label();
			plot.span(new Plot.Span(name.replace(' ', '-'), name, name + span(phase.from(), phase.to()), top + BAR_TOP,
					BAR), phase.from(), phase.to());
		}
		membership(pod.name(), top + MEMBERSHIP_TOP);
		for (int i = 0; i < pod.events().size(); i++) {
			mark(pod.events().get(i), isFollowedByAnother(pod, i), top);
		}
		this.markup.close();
	}

	private static boolean isFollowedByAnother(PodLife pod, int event) {
		return pod.events()
			.stream()
			.skip(event)
			.anyMatch((later) -> later.kind() == PodEvent.Kind.BACK_OFF || later.kind() == PodEvent.Kind.STARTED);
	}

	private void membership(String pod, int top) {
		List<Duration> edges = new ArrayList<>();
		forEachChange((change, end) -> {
			boolean goesOn = !edges.isEmpty() && edges.get(edges.size() - 1).equals(change.at());
			if (change.pods().contains(pod)) {
				if (goesOn) {
					edges.remove(edges.size() - 1);
				}
				else {
					edges.add(change.at());
				}
				edges.add(end);
			}
		});
		TimeScale time = this.scales.time();
		for (int i = 0; i < edges.size(); i += 2) {
			this.markup.empty("rect", "class", "member", "x", time.at(edges.get(i)), "width",
					time.width(edges.get(i), edges.get(i + 1)), "y", String.valueOf(top), "height",
					String.valueOf(MEMBERSHIP));
		}
	}

	private void mark(PodEvent event, boolean restarts, int top) {
		switch (event.kind()) {
			case SIGTERM -> glyph(SIGTERM, event, top);
			case SIGKILL -> glyph(SIGKILL, event, top);
			case EXITED -> {
				if (restarts) {
					glyph(RESTART, event, top);
				}
				else {
					exit(event, top);
				}
			}
			default -> {
				// The other events begin and end phases, or are told below.
			}
		}
	}

	private void glyph(String path, PodEvent event, int top) {
		String x = this.scales.time().at(event.at());
		this.markup.open("svg", "class", "mark", "x", x, "y", String.valueOf(top), "width", "12", "height", "8")
			.element("title", tooltip(event))
			.empty("path", "d", path)
			.close();
	}

	private void exit(PodEvent event, int top) {
		String x = this.scales.time().at(event.at());
		String y = String.valueOf(top + BAR_TOP + BAR / 2);
		this.markup.open("text", "class", "exit", "x", x, "dx", "5", "y", y, "dy", "0.35em")
			.element("title", tooltip(event))
			.text(event.detail().replace("exit code", "exit"))
			.close();
	}

	private static String tooltip(PodEvent event) {
		return event.kind() + " at " + RolloutText.seconds(event.at())
				+ (event.detail().isEmpty() ? "" : ": " + event.detail());
	}

	private void endpoints(Plot plot, int top) {
		plot.rowLabel("endpoints", top + BAR / 2);
		forEachChange((change, end) -> {
			int count = change.pods().size();
			String names = (count == 0) ? "nobody gets new connections"
					: "new connections go to " + String.join(", ", change.pods());
			plot.span(
					new Plot.Span((count == 0) ? "endpoints none" : "endpoints",
							(count == 0) ? "none" : String.valueOf(count), names + span(change.at(), end), top, BAR),
					change.at(), end);
		});
	}

	private void forEachChange(ChangeConsumer consumer) {
		List<EndpointChange> changes = this.rollout.endpoints();
		for (int i = 0; i < changes.size(); i++) {
			boolean last = i == changes.size() - 1;
			Duration end = last ? this.rollout.duration() : changes.get(i + 1).at();
			if (end.compareTo(changes.get(i).at()) > 0) {
				consumer.accept(changes.get(i), end);
			}
		}
	}

	static String span(Duration from, Duration to) {
		return ", from " + RolloutText.seconds(from) + " to " + RolloutText.seconds(to);
	}

	private interface ChangeConsumer {

		void accept(EndpointChange change, Duration end);

	}

}
