package io.podlifecycle.k8s;

import java.time.Duration;
import java.time.Instant;

import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.podlifecycle.k8s.PodHistory.PodEnd;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PodEndTests {

	private static final Instant DELETED = Instant.parse("2026-11-28T12:00:00Z");

	/** When all containers have ended, the kubelet deletes the pod again, at once. */
	@Test
	void theTimeIsThatFromTheFirstDeletionWhateverTheLastOneSays() {
		Instant first = PodHistory.deletedAt(pod(DELETED.plusSeconds(40), 40L));
		Pod last = pod(DELETED.plusSeconds(8), 0L);
		PodEnd end = PodEnd.of(last, first,
				new ContainerStateTerminatedBuilder().withExitCode(143)
					.withFinishedAt(DELETED.plusSeconds(7).toString())
					.build());
		assertThat(end.took()).isEqualTo(Duration.ofSeconds(7));
		assertThat(end.exitCode()).isEqualTo(143);
	}

	private static Pod pod(Instant deletionTimestamp, Long grace) {
		return new PodBuilder().withNewMetadata()
			.withName("orders-1")
			.addToLabels("app.kubernetes.io/name", "orders")
			.withDeletionTimestamp(deletionTimestamp.toString())
			.withDeletionGracePeriodSeconds(grace)
			.endMetadata()
			.build();
	}

}
