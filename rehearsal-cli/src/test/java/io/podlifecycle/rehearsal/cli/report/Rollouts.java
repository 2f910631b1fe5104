package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.podlifecycle.rehearsal.load.ClientsResult;
import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.jspecify.annotations.Nullable;

/**
 * Rehearsals that nobody has done.
 */
final class Rollouts {

	static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00.500Z");

	static final String HOSTILE = "</pre><script>alert('x')</script><img src=\"http://127.0.0.1:1/\"> & ]]> \u0000\u001b[31m \ud800 \" '";

	static final String REPORT = """
			{"status":"completed","trigger":"sigterm","phase":"close","exitCode":143,"elapsed":6000,\
			"propagation":"quiet","inFlightAtStart":3,"arrived":120,"cutOff":0,"problems":[],\
			"phases":[{"name":"quiesce","begin":0,"time":100},{"name":"propagation","begin":100,"time":3900},\
			{"name":"drain","begin":4000,"time":1500},{"name":"close","begin":5500,"time":500}]}""";

	private Rollouts() {
	}

	/**
	 * A deletion with nothing remarkable but what is given.
	 */
	static Rollout of(String text, String report, long failed) {
		PodLife old = new PodLife(text + "-1", 8081,
				List.of(event(0, Kind.CREATED, ""), event(100, Kind.STARTED, "process 1"),
						event(5_600, Kind.WAIT_STARTED, ""), event(8_100, Kind.WAIT_ENDED, ""),
						event(9_000, Kind.READY, text), event(14_000, Kind.DELETED, "grace period 30000 ms"),
						event(14_010, Kind.SIGTERM, ""), event(14_100, Kind.NOT_READY, ""),
						event(20_100, Kind.EXITED, "exit code 143"), event(20_110, Kind.TERMINATED, "")),
				143, 0, report, List.of(line(5_600, "Waiting for " + text), line(8_100, "Started")));
		PodLife fresh = new PodLife(text + "-2", 8082, List.of(event(14_000, Kind.CREATED, ""),
				event(14_200, Kind.STARTED, "process 2"), event(19_000, Kind.READY, "")), null, 0, "", List.of());
		return new Rollout("deletion of " + text, BEGIN, millis(25_000), settings(text), List.of(old, fresh),
				List.of(new EndpointChange(millis(9_500), List.of(text + "-1")),
						new EndpointChange(millis(15_000), List.of()),
						new EndpointChange(millis(20_000), List.of(text + "-2"))),
				millis(10_000), load(text, failed), slices(failed));
	}

	static Rollout empty() {
		return new Rollout(
				"nothing", BEGIN, Duration.ZERO, Map.of(), List.of(), List.of(), Duration.ZERO, new LoadResult(BEGIN,
						Duration.ZERO, 0, 0, Map.of(), List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO),
				List.of());
	}

	static Rollout lasting(Rollout rollout, Duration loadDuration, List<LoadSlice> slices) {
		LoadResult load = rollout.load();
		return new Rollout(rollout.scenario(), rollout.startedAt(), rollout.duration(), rollout.settings(),
				rollout.pods(), rollout.endpoints(), rollout.loadStartedAt(),
				new LoadResult(load.startedAt(), loadDuration, load.requests(), load.connections(),
						load.failuresByKind(), load.failures(), load.p50(), load.p99(), load.max(), load.clients()),
				slices);
	}

	static PodLife pod(@Nullable Integer exitCode, String message, PodEvent... events) {
		return new PodLife("app-1", 1, List.of(events), exitCode, 0, message, List.of());
	}

	static Rollout with(PodLife pod) {
		Rollout empty = empty();
		return new Rollout("one pod", BEGIN, millis(10_000), empty.settings(), List.of(pod), List.of(), Duration.ZERO,
				empty.load(), List.of());
	}

	static PodEvent event(long at, Kind kind, String detail) {
		return new PodEvent(millis(at), kind, detail);
	}

	static Duration millis(long millis) {
		return Duration.ofMillis(millis);
	}

	private static LogLine line(long at, String text) {
		return new LogLine(BEGIN.plusMillis(at), text);
	}

	private static Map<String, String> settings(String text) {
		return Map.of("application", text);
	}

	private static LoadResult load(String text, long failed) {
		Failure failure = new Failure(millis(5_200), "kept-alive-1", Failure.Kind.RESET, text, 7);
		return new LoadResult(BEGIN.plusMillis(10_000), millis(14_500), 290, 12,
				(failed > 0) ? Map.of(Failure.Kind.RESET, failed) : Map.of(),
				Collections.nCopies((int) failed, failure), Duration.ofNanos(3_400_000), millis(17), millis(80),
				List.of(new ClientsResult("kept-alive", 248, failed, 0), new ClientsResult("fresh", 42, 0, 0)));
	}

	private static List<LoadSlice> slices(long failed) {
		return IntStream.range(0, 29)
			.mapToObj((i) -> new LoadSlice(millis(10_000 + 500 * i), millis(500), 10, (i == 10) ? failed : 0,
					Duration.ofNanos(3_400_000), millis(17), millis((i == 3) ? 80 : 20)))
			.toList();
	}

}
