package io.podlifecycle.rehearsal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.podlifecycle.rehearsal.json.Json;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutWriter;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

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
		return Json.object((json) -> {
			json.writeNumberProperty("version", VERSION);
			Json.array(json, "rollouts", rollouts, JsonReport::rollout);
		});
	}

	private static void rollout(JsonGenerator json, Rollout rollout) {
		json.writeStringProperty("scenario", rollout.scenario());
		json.writeStringProperty("startedAt", rollout.startedAt().toString());
		json.writeNumberProperty("durationMs", rollout.duration().toMillis());
		json.writeName("settings");
		Json.object(json, (settings) -> rollout.settings().forEach(settings::writeStringProperty));
		Json.array(json, "pods", rollout.pods(), (each, pod) -> pod(each, pod, rollout));
		Json.array(json, "endpoints", rollout.endpoints(), JsonReport::change);
		json.writeNumberProperty("loadStartedAtMs", rollout.loadStartedAt().toMillis());
		json.writeName("load").writeRawValue(rollout.load().toJson(rollout.loadStartedAt()));
		Json.array(json, "slices", rollout.slices(), JsonReport::slice);
	}

	private static void pod(JsonGenerator json, PodLife pod, Rollout rollout) {
		json.writeStringProperty("name", pod.name());
		json.writeNumberProperty("port", pod.port());
		exitCode(json, pod.exitCode());
		json.writeNumberProperty("restarts", pod.restarts());
		Json.array(json, "events", pod.events(), JsonReport::event);
		Json.array(json, "phases", PodPhases.of(pod, rollout), JsonReport::phase);
		json.writeStringProperty("terminationMessage", TerminationMessage.of(pod.terminationMessage()).text());
		Json.array(json, "log", pod.log(), (each, line) -> line(each, line, rollout));
	}

	private static void exitCode(JsonGenerator json, @Nullable Integer code) {
		if (code == null) {
			json.writeNullProperty("exitCode");
		}
		else {
			json.writeNumberProperty("exitCode", code);
		}
	}

	private static void event(JsonGenerator json, PodEvent event) {
		at(json, event.at());
		json.writeStringProperty("kind", event.kind().name());
		json.writeStringProperty("detail", event.detail());
	}

	private static void phase(JsonGenerator json, PodPhase phase) {
		json.writeStringProperty("kind", phase.kind().name());
		json.writeNumberProperty("fromMs", phase.from().toMillis());
		json.writeNumberProperty("toMs", phase.to().toMillis());
	}

	private static void line(JsonGenerator json, LogLine line, Rollout rollout) {
		at(json, Duration.between(rollout.startedAt(), line.at()));
		json.writeStringProperty("text", line.text());
	}

	private static void change(JsonGenerator json, EndpointChange change) {
		at(json, change.at());
		json.writeArrayPropertyStart("pods");
		change.pods().forEach(json::writeString);
		json.writeEndArray();
	}

	private static void slice(JsonGenerator json, LoadSlice slice) {
		at(json, slice.at());
		json.writeNumberProperty("lengthMs", slice.length().toMillis());
		json.writeNumberProperty("requests", slice.requests());
		json.writeNumberProperty("failed", slice.failed());
		Json.latency(json, "p50Ms", slice.p50());
		Json.latency(json, "p99Ms", slice.p99());
		Json.latency(json, "maxMs", slice.max());
	}

	private static void at(JsonGenerator json, Duration time) {
		json.writeNumberProperty("atMs", time.toMillis());
	}

}
