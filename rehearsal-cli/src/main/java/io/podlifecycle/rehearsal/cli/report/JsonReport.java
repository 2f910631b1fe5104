package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.podlifecycle.rehearsal.load.ClientsResult;
import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes all that was seen as JSON, on one line, in ASCII: half a character (a lone
 * surrogate), which an application may log, cannot be encoded otherwise. Its shape is
 * described in {@code docs/rehearsal.md}, and its {@code version} changes when a reader
 * would have to.
 *
 * @since 0.1.0
 */
public final class JsonReport {

	private static final int VERSION = 1;

	private static final int NANOS_IN_MILLIS = 6;

	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
		.build();

	private JsonReport() {
	}

	/**
	 * Write rehearsals, in place of a file that is there.
	 * @param rollouts what was seen: one rehearsal, or two that are compared
	 * @param file where to write to
	 * @return the file
	 * @throws IOException if the file cannot be written
	 */
	public static Path write(List<Rollout> rollouts, Path file) throws IOException {
		Map<String, ?> report = object("version", VERSION, "rollouts", list(rollouts, JsonReport::rollout));
		return Files.writeString(file, JSON.writeValueAsString(report) + "\n");
	}

	/**
	 * Return what the clients of a load got as JSON.
	 * @param load what they got
	 * @return an object, on one line
	 */
	public static String of(LoadResult load) {
		return JSON.writeValueAsString(load(load, Duration.ZERO));
	}

	private static Map<String, ?> object(@Nullable Object... namesAndValues) {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
		}
		return object;
	}

	private static <E> List<?> list(List<E> elements, Function<E, Map<String, ?>> object) {
		return elements.stream().map(object).toList();
	}

	private static Map<String, ?> rollout(Rollout rollout) {
		return object("scenario", rollout.scenario(), "startedAt", rollout.startedAt().toString(), "durationMs",
				rollout.duration().toMillis(), "settings", rollout.settings(), "pods",
				list(rollout.pods(), (pod) -> pod(pod, rollout)), "endpoints",
				list(rollout.endpoints(), JsonReport::change), "loadStartedAtMs", rollout.loadStartedAt().toMillis(),
				"load", load(rollout.load(), rollout.loadStartedAt()), "slices",
				list(rollout.slices(), JsonReport::slice));
	}

	private static Map<String, ?> pod(PodLife pod, Rollout rollout) {
		return object("name", pod.name(), "port", pod.port(), "exitCode", pod.exitCode(), "restarts", pod.restarts(),
				"events", list(pod.events(), JsonReport::event), "phases",
				list(PodPhases.of(pod, rollout), JsonReport::phase), "terminationMessage",
				TerminationMessage.of(pod.terminationMessage()).text(), "log",
				list(pod.log(), (line) -> line(line, rollout)));
	}

	private static Map<String, ?> event(PodEvent event) {
		return object("atMs", event.at().toMillis(), "kind", event.kind(), "detail", event.detail());
	}

	private static Map<String, ?> phase(PodPhase phase) {
		return object("kind", phase.kind(), "fromMs", phase.from().toMillis(), "toMs", phase.to().toMillis());
	}

	private static Map<String, ?> line(LogLine line, Rollout rollout) {
		return object("atMs", Duration.between(rollout.startedAt(), line.at()).toMillis(), "text", line.text());
	}

	private static Map<String, ?> change(EndpointChange change) {
		return object("atMs", change.at().toMillis(), "pods", change.pods());
	}

	private static Map<String, ?> load(LoadResult load, Duration startedAt) {
		return object("startedAt", load.startedAt().toString(), "durationMs", load.duration().toMillis(), "requests",
				load.requests(), "connections", load.connections(), "failed", load.failed(), "failuresByKind",
				load.failuresByKind(), "latencyMs",
				object("p50", millis(load.p50()), "p99", millis(load.p99()), "max", millis(load.max())), "clients",
				list(load.clients(), JsonReport::clients), "failures",
				list(load.failures(), (failure) -> failure(failure, startedAt)));
	}

	private static Map<String, ?> clients(ClientsResult sort) {
		return object("sort", sort.sort(), "requests", sort.requests(), "failed", sort.failed(), "events",
				sort.events());
	}

	private static Map<String, ?> failure(Failure failure, Duration startedAt) {
		return object("atMs", failure.at().plus(startedAt).toMillis(), "client", failure.client(), "kind",
				failure.kind(), "detail", failure.detail(), "requestsBefore", failure.requestsBeforeOnThisConnection());
	}

	private static Map<String, ?> slice(LoadSlice slice) {
		return object("atMs", slice.at().toMillis(), "lengthMs", slice.length().toMillis(), "requests",
				slice.requests(), "failed", slice.failed(), "p50Ms", millis(slice.p50()), "p99Ms", millis(slice.p99()),
				"maxMs", millis(slice.max()));
	}

	private static BigDecimal millis(Duration latency) {
		return BigDecimal.valueOf(latency.toNanos(), NANOS_IN_MILLIS).setScale(3, RoundingMode.HALF_UP);
	}

}
