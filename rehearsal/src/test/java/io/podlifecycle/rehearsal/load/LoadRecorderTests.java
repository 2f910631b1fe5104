package io.podlifecycle.rehearsal.load;

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

}
