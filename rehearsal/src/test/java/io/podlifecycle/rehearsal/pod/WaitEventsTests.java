package io.podlifecycle.rehearsal.pod;

import java.time.Duration;
import java.time.Instant;

import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitEventsTests {

	@Test
	void tellsFromTheIdsOfMilestonesWhenEachRunWaited() {
		String journal = """
				2026-11-22T10:00:01.000Z starting run 1 0123abcd
				2026-11-22T10:00:01.200Z waiting 0123abcd
				2026-11-22T10:00:03.000Z waited 0123abcd
				2026-11-22T10:00:04.000Z ready 0123abcd
				waited waited waited
				2026-11-22T10:00:08
				""";
		assertThat(WaitEvents.of(journal, Instant.parse("2026-11-22T10:00:00Z"))).containsExactly(
				new PodEvent(Duration.ofMillis(1_200), Kind.WAIT_STARTED, ""),
				new PodEvent(Duration.ofSeconds(3), Kind.WAIT_ENDED, ""));
		assertThat(WaitEvents.of("", Instant.EPOCH)).isEmpty();
	}

}
