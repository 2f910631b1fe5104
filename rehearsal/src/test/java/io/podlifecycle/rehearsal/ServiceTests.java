package io.podlifecycle.rehearsal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.pod.Pod;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.pod.Probe;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.time.Stopwatch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceTests {

	private final Stopwatch stopwatch = Stopwatch.start();

	/** A pod is ready a moment before its change is published; here it never is. */
	@Test
	void waitsForTheEndpointsThatAreReadyAlsoIfTheyAreNotPublishedYet() throws InterruptedException {
		PodSpec spec = PodSpec.mainClass(App.class.getName())
			.readiness(Probe.httpGet("/readyz").withPeriod(Duration.ofMillis(100)).withTimeout(Duration.ofSeconds(10)))
			.build();
		CountDownLatch ready = new CountDownLatch(1);
		Pod.Listener listener = new Pod.Listener() {

			@Override
			public void event(String pod, PodEvent event) {
				if (event.kind() == PodEvent.Kind.READY) {
					ready.countDown();
				}
			}

			@Override
			public void changed() {
			}

		};
		try (Service service = Service.open(settings(spec), this.stopwatch::elapsed, (change) -> {
		}); Pod pod = Pod.start("app-1", spec, this.stopwatch, listener)) {
			service.name(pod);
			assertThat(ready.await(90, TimeUnit.SECONDS)).isTrue();
			service.awaitInEffect(List.of(pod));
			assertThat(service.changes()).extracting(EndpointChange::pods).containsExactly(List.of("app-1"));
		}
	}

	private static Settings settings(PodSpec spec) {
		return new Settings(spec, 1, 1, 0, Duration.ofMillis(200), Duration.ofMillis(200), 1, 0, "/", (load) -> {
		}, Duration.ofMinutes(2), Duration.ZERO, Map.of(), new RehearsalListener() {
		});
	}

}
