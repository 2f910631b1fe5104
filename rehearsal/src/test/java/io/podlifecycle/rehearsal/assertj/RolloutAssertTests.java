package io.podlifecycle.rehearsal.assertj;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.junit.jupiter.api.Test;

import static io.podlifecycle.rehearsal.assertj.RolloutAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RolloutAssertTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@Test
	void aRolloutWithoutTroublesPasses() {
		assertThat(rollout(0, pod(143, 0, Kind.DELETED, Kind.SIGTERM, Kind.EXITED, Kind.TERMINATED)))
			.hasNoFailedRequests()
			.endedWithinGracePeriod()
			.deletedPodsExitedWith(143)
			.hasNoRestarts()
			.hasNoProbeThatGaveUp()
			.hasP99AtMost(SECOND);
	}

	@Test
	void failedRequestsAreShownWithTimeAndConnectionAndTheLastLinesOfThePods() {
		Rollout rollout = rollout(12, pod(143, 0, Kind.DELETED, Kind.EXITED, Kind.TERMINATED));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(rollout).hasNoFailedRequests())
			.withMessageContaining("12 of 100 requests failed (12 EOF)")
			.withMessageContaining("3.0 s  kept-alive-1  EOF  no answer, 100 %  (after 7 requests on its connection)")
			.withMessageContaining("and 2 more")
			.withMessageContaining("app-1: DELETED at 1.0 s")
			.withMessageContaining("| last line");
		assertThat(rollout).hasFailedRequests();
	}

	@Test
	void aLoadWithoutRequestsProvesNothing() {
		LoadResult none = new LoadResult(Instant.EPOCH, SECOND, 0, 0, Map.of(), List.of(), SECOND, SECOND, SECOND);
		Rollout rollout = new Rollout("nothing", Instant.EPOCH, SECOND, Map.of(), List.of(), List.of(), SECOND, none,
				List.of());
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(rollout).hasNoFailedRequests());
	}

	@Test
	void eachOtherTroubleFailsItsAssertion() {
		Rollout rollout = rollout(0, pod(137, 2, Kind.PROBE_GAVE_UP, Kind.DELETED, Kind.SIGKILL, Kind.TERMINATED));
		fails(() -> assertThat(rollout).endedWithinGracePeriod());
		fails(() -> assertThat(rollout).deletedPodsExitedWith(143));
		fails(() -> assertThat(rollout).hasNoRestarts());
		fails(() -> assertThat(rollout).hasNoProbeThatGaveUp());
		fails(() -> assertThat(rollout).hasFailedRequests());
		fails(() -> assertThat(rollout).hasP99AtMost(Duration.ofMillis(1)));
		fails(() -> assertThat(rollout(0, pod(143, 0, Kind.DELETED))).endedWithinGracePeriod());
	}

	private static void fails(Runnable assertion) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion::run).withMessageContaining("update");
	}

	private static PodLife pod(int exitCode, int restarts, Kind... kinds) {
		List<PodEvent> events = Arrays.stream(kinds).map((kind) -> new PodEvent(SECOND, kind, "")).toList();
		return new PodLife("app-1", 1, events, exitCode, restarts, "",
				List.of(new LogLine(Instant.EPOCH, "last line")));
	}

	private static Rollout rollout(int failed, PodLife pod) {
		Failure failure = new Failure(SECOND, "kept-alive-1", Failure.Kind.EOF, "no answer, 100 %", 7);
		LoadResult load = new LoadResult(Instant.EPOCH, SECOND, 100, 10,
				(failed > 0) ? Map.of(Failure.Kind.EOF, (long) failed) : Map.of(), Collections.nCopies(failed, failure),
				Duration.ofMillis(5), Duration.ofMillis(9), SECOND);
		return new Rollout("update", Instant.EPOCH, SECOND, Map.of(), List.of(pod), List.of(), Duration.ofSeconds(2),
				load, List.of());
	}

}
