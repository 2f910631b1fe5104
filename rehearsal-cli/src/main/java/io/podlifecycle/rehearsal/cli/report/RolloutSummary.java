package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.podlifecycle.rehearsal.load.ClientsResult;
import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;

/**
 * Tells in words what was seen in one rehearsal: the shutdown reports, the failures, the
 * events and logs of the pods, the settings.
 */
record RolloutSummary(Rollout rollout, Markup markup) {

	private static final int SHOWN_FAILURES = 50;

	private static final int SHOWN_LINES = 200;

	static void write(String title, Rollout rollout, Markup markup) {
		markup.open("section").element("h2", title);
		new RolloutSummary(rollout, markup).write();
		markup.close();
	}

	private void write() {
		shutdownReports();
		clients();
		failures();
		this.rollout.pods().forEach(this::pod);
		settings();
	}

	private void shutdownReports() {
		List<PodLife> left = this.rollout.pods()
			.stream()
			.filter((pod) -> pod.first(PodEvent.Kind.EXITED).isPresent())
			.toList();
		if (left.isEmpty()) {
			return;
		}
		this.markup.element("h3", "Shutdown reports");
		for (PodLife pod : left) {
			String message = TerminationMessage.of(pod.terminationMessage()).text();
			if (!message.isEmpty()) {
				this.markup.element("h4", pod.name()).element("pre", message);
			}
		}
		List<String> silent = left.stream()
			.filter((pod) -> pod.terminationMessage().isBlank())
			.map(PodLife::name)
			.toList();
		if (!silent.isEmpty()) {
			this.markup.element("p", "None was left by " + String.join(", ", silent) + ".");
		}
	}

	private void failures() {
		List<Failure> failures = this.rollout.load().failures();
		if (failures.isEmpty()) {
			return;
		}
		summary("The first " + Math.min(SHOWN_FAILURES, failures.size()) + " of " + this.rollout.load().failed()
				+ " failed requests");
		table("at", "client", "what", "requests or events before on its connection", "more");
		for (Failure failure : failures.subList(0, Math.min(SHOWN_FAILURES, failures.size()))) {
			row(seconds(failure.at().plus(this.rollout.loadStartedAt())), failure.client(),
					FailureChart.label(failure.kind()), String.valueOf(failure.requestsBeforeOnThisConnection()),
					failure.detail());
		}
		endTable();
	}

	private void clients() {
		if (this.rollout.load().clients().isEmpty()) {
			return;
		}
		summary("Clients");
		table("sort", "requests", "failed", "events of streams");
		for (ClientsResult clients : this.rollout.load().clients()) {
			row(clients.sort(), String.valueOf(clients.requests()), String.valueOf(clients.failed()),
					String.valueOf(clients.events()));
		}
		endTable();
	}

	private void pod(PodLife pod) {
		summary(pod.name() + ": events and log");
		table("at", "event", "more");
		pod.events().forEach((event) -> row(seconds(event.at()), event.kind().name(), event.detail()));
		this.markup.close().close();
		List<LogLine> log = pod.log();
		if (!log.isEmpty()) {
			int from = Math.max(0, log.size() - SHOWN_LINES);
			this.markup.element("p", (from == 0) ? "Log:" : "The last " + SHOWN_LINES + " lines of its log:");
			this.markup.element("pre",
					log.subList(from, log.size()).stream().map(this::line).collect(Collectors.joining("\n")));
		}
		this.markup.close();
	}

	private String line(LogLine line) {
		return seconds(Duration.between(this.rollout.startedAt(), line.at())) + "  " + line.text();
	}

	private void settings() {
		summary("Settings");
		table("what", "value");
		row("begun", this.rollout.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
		for (Map.Entry<String, String> setting : this.rollout.settings().entrySet()) {
			row(setting.getKey(), setting.getValue());
		}
		endTable();
	}

	private void summary(String text) {
		this.markup.open("details").element("summary", text);
	}

	private void table(String... headings) {
		this.markup.open("table").open("thead").open("tr");
		for (String heading : headings) {
			this.markup.element("th", heading, "scope", "col");
		}
		this.markup.close().close().open("tbody");
	}

	private void endTable() {
		this.markup.close().close().close();
	}

	private void row(String... cells) {
		this.markup.open("tr");
		for (String cell : cells) {
			this.markup.element("td", cell);
		}
		this.markup.close();
	}

	private static String seconds(Duration time) {
		return RolloutText.seconds(time);
	}

}
