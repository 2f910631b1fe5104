package io.podlifecycle.rehearsal.load;

import java.time.Duration;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadRecorderTests {

	@Test
	void countsAllFailuresAndKeepsTheFirstOnes() {
		LoadRecorder recorder = new LoadRecorder(1);
		for (int i = 0; i < LoadRecorder.KEPT_FAILURES + 5; i++) {
			recorder.failed("fresh-1", Kind.REFUSED, "number " + i, 0);
		}
		LoadResult result = recorder.result();
		assertThat(result.failed()).isEqualTo(LoadRecorder.KEPT_FAILURES + 5);
		assertThat(result.failures()).hasSize(LoadRecorder.KEPT_FAILURES);
		assertThat(result.failures().get(0).detail()).isEqualTo("number 0");
	}

	@Test
	void latenciesAreThoseOfTheRequestsThatWereAnsweredAndNeverTooLow() {
		LoadRecorder recorder = new LoadRecorder(1);
		assertThat(recorder.result().p50()).isZero();
		for (int i = 1; i <= 200; i++) {
			recorder.succeeded("fresh-1", Duration.ofMillis(i).toNanos());
			recorder.failed("fresh-1", Kind.TIMEOUT, "", 0);
		}
		LoadResult result = recorder.result();
		assertThat(result.p50()).isBetween(Duration.ofMillis(100), Duration.ofNanos(100_100_000));
		assertThat(result.p99()).isBetween(Duration.ofMillis(198), Duration.ofNanos(198_198_000));
		assertThat(result.max()).isBetween(Duration.ofMillis(200), Duration.ofNanos(200_200_000));
	}

}
