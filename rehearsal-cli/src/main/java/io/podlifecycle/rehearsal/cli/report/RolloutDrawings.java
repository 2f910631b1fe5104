package io.podlifecycle.rehearsal.cli.report;

import io.podlifecycle.rehearsal.rollout.Rollout;

/**
 * Draws what was seen in one rehearsal, all over the same time axis.
 */
record RolloutDrawings(Rollout rollout, Scales scales, Markup markup) {

	static void write(String title, Rollout rollout, Scales scales, Markup markup) {
		markup.open("section").element("h2", title);
		new RolloutDrawings(rollout, scales, markup).write();
		markup.close();
	}

	private void write() {
		this.markup.element("h3", "Pods");
		PodTimelineChart.draw(this.rollout, this.scales, this.markup);
		this.markup.open("h3").text("Requests per second");
		key("answered", "answered");
		key("failed", "failed");
		this.markup.close();
		RequestChart.draw(this.rollout, this.scales, this.markup);
		if (this.rollout.load().failed() > 0) {
			this.markup.element("h3", "Failures");
			FailureChart.draw(this.rollout, this.scales, this.markup);
		}
		this.markup.open("h3").text("Latency");
		key("curve p50", "p50");
		key("curve p99", "p99");
		this.markup.close();
		LatencyChart.draw(this.rollout, this.scales, this.markup);
	}

	private void key(String kind, String name) {
		this.markup.open("span", "class", "key")
			.open("svg", "width", "24", "height", "12", "aria-hidden", "true")
			.empty("path", "class", kind, "d", kind.startsWith("curve") ? "M0,6H24" : "M4,0H16V12H4Z")
			.close()
			.text(name)
			.close();
	}

}
