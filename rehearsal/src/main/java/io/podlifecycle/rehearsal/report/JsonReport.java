package io.podlifecycle.rehearsal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.podlifecycle.rehearsal.json.Json;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutWriter;

/**
 * Writes all that was seen as JSON, on one line. Its shape is described in
 * {@code docs/rehearsal.md}, and its {@code version} changes when a reader would have to.
 *
 * @since 0.1.0
 */
public final class JsonReport implements RolloutWriter {

	private static final int VERSION = 1;

	@Override
	public String option() {
		return "--json";
	}

	@Override
	public String description() {
		return "write all that was seen as JSON";
	}

	@Override
	public void write(List<Rollout> rollouts, Path file) throws IOException {
		Files.writeString(file, toJson(rollouts) + "\n");
	}

	private static String toJson(List<Rollout> rollouts) {
		Json json = new Json().open('{').field("version", VERSION).name("rollouts").open('[');
		rollouts.forEach((rollout) -> rollout(rollout, json));
		return json.close(']').close('}').toString();
	}

	private static void rollout(Rollout rollout, Json json) {
		json.open('{').field("scenario", rollout.scenario());
		json.field("startedAt", rollout.startedAt().toString()).field("durationMs", rollout.duration().toMillis());
		json.name("settings").open('{');
		rollout.settings().forEach(json::field);
		json.close('}').name("pods").open('[');
		rollout.pods().forEach((pod) -> pod(pod, rollout, json));
		json.close(']').name("endpoints").open('[');
		rollout.endpoints()
			.forEach((change) -> at(change.at(), json.open('{')).field("pods", change.pods()).close('}'));
		json.close(']').field("loadStartedAtMs", rollout.loadStartedAt().toMillis());
		json.raw("load", rollout.load().toJson(rollout.loadStartedAt())).name("slices").open('[');
		rollout.slices().forEach((slice) -> slice(slice, json));
		json.close(']').close('}');
	}

	private static void pod(PodLife pod, Rollout rollout, Json json) {
		json.open('{').field("name", pod.name()).field("port", pod.port());
		json.raw("exitCode", String.valueOf(pod.exitCode())).field("restarts", pod.restarts());
		json.name("events").open('[');
		pod.events().forEach((event) -> event(event, json));
		json.close(']').name("phases").open('[');
		PodPhases.of(pod, rollout).forEach((phase) -> phase(phase, json));
		json.close(']').field("terminationMessage", pod.terminationMessage()).name("log").open('[');
		pod.log().forEach((line) -> line(line, rollout, json));
		json.close(']').close('}');
	}

	private static void event(PodEvent event, Json json) {
		at(event.at(), json.open('{')).field("kind", event.kind().name()).field("detail", event.detail()).close('}');
	}

	private static void phase(PodPhase phase, Json json) {
		json.open('{').field("kind", phase.kind().name()).field("fromMs", phase.from().toMillis());
		json.field("toMs", phase.to().toMillis()).close('}');
	}

	private static void line(LogLine line, Rollout rollout, Json json) {
		at(Duration.between(rollout.startedAt(), line.at()), json.open('{')).field("text", line.text()).close('}');
	}

	private static void slice(LoadSlice slice, Json json) {
		at(slice.at(), json.open('{')).field("lengthMs", slice.length().toMillis());
		json.field("requests", slice.requests()).field("failed", slice.failed());
		json.field("p50Ms", millis(slice.p50())).field("p99Ms", millis(slice.p99()));
		json.field("maxMs", millis(slice.max())).close('}');
	}

	private static Json at(Duration time, Json json) {
		return json.field("atMs", time.toMillis());
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1_000_000.0;
	}

}
