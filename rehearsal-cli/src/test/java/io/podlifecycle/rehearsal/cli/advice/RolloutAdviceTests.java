package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RolloutAdviceTests {

	private static final String PROPAGATION = "pod-lifecycle.shutdown.propagation.max";

	private static final String DRAIN = "pod-lifecycle.shutdown.drain-timeout";

	private static final String GRACE = "pod-lifecycle.shutdown.grace-period";

	@Test
	void whatIsQuickGetsTheLeastThatIsReasonable() {
		assertThat(values(8, 1, 6, 50))
			.containsExactlyInAnyOrderEntriesOf(Map.of("startupProbe", "{periodSeconds: 2, failureThreshold: 30}",
					"readinessProbe", "{periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 3}", PROPAGATION, "10s",
					DRAIN, "5s", GRACE, "30s"));
	}

	@Test
	void whatIsSlowGetsTwiceWhatWasMeasured() {
		assertThat(values(45, 9, 14, 7_300))
			.containsExactlyInAnyOrderEntriesOf(Map.of("startupProbe", "{periodSeconds: 2, failureThreshold: 45}",
					"readinessProbe", "{periodSeconds: 2, timeoutSeconds: 15, failureThreshold: 3}", PROPAGATION, "20s",
					DRAIN, "15s", GRACE, "45s"));
	}

	@Test
	void aLeaveThatIsLongerThanItsPartsSetsTheGracePeriod() {
		assertThat(values(8, 1, 40, 50)).containsEntry(GRACE, "60s");
	}

	@Test
	void everyValueHasItsReasonWithWhatWasMeasured() {
		List<Setting> settings = RolloutAdvice.of(rollout(pod(8, 6), 3, 700)).settings();
		assertThat(settings).extracting(Setting::reason)
			.satisfiesExactly((startup) -> assertThat(startup).contains("8.0 s"),
					(readiness) -> assertThat(readiness).contains("0.7 s"),
					(propagation) -> assertThat(propagation).contains("3.0 s"),
					(drain) -> assertThat(drain).contains("0.7 s"),
					(grace) -> assertThat(grace).contains("6.0 s", "terminationGracePeriodSeconds")
						.doesNotContain("SIGKILL"));
	}

	@Test
	void aPodThatWasKilledIsSaidToBeAGuess() {
		PodLife killed = pod(8, 30, new PodEvent(Duration.ofSeconds(130), Kind.SIGKILL, ""));
		assertThat(RolloutAdvice.of(rollout(killed, 1, 50)).settings()).last().satisfies((grace) -> {
			assertThat(grace.value()).isEqualTo("60s");
			assertThat(grace.reason()).contains("SIGKILL", "guess");
		});
	}

	@Test
	void withoutADeletionThereIsNothingToSayOfTheWayOut() {
		PodLife pod = new PodLife("app-1", 1, List.of(event(0, Kind.STARTED), event(3, Kind.READY)), null, 0, "",
				List.of());
		assertThat(RolloutAdvice.of(rollout(pod, 1, 50)).settings()).extracting(Setting::name)
			.containsExactly("startupProbe", "readinessProbe");
	}

	private static Map<String, String> values(int start, int lag, int leave, int slowestMillis) {
		return RolloutAdvice.of(rollout(pod(start, leave), lag, slowestMillis))
			.settings()
			.stream()
			.collect(Collectors.toMap(Setting::name, Setting::value));
	}

	private static PodLife pod(int start, int leave, PodEvent... more) {
		List<PodEvent> events = new ArrayList<>(
				List.of(event(0, Kind.STARTED), event(start, Kind.READY), event(100, Kind.DELETED)));
		events.addAll(List.of(more));
		events.add(event(100 + leave, Kind.EXITED));
		return new PodLife("app-1", 1, events, 143, 0, "", List.of());
	}

	private static PodEvent event(int second, Kind kind) {
		return new PodEvent(Duration.ofSeconds(second), kind, "");
	}

	private static Rollout rollout(PodLife pod, int lag, int slowestMillis) {
		LoadResult load = new LoadResult(Instant.EPOCH, Duration.ofSeconds(60), 100, 10, Map.of(), List.of(),
				Duration.ofMillis(5), Duration.ofMillis(9), Duration.ofMillis(slowestMillis));
		List<EndpointChange> changes = List.of(new EndpointChange(Duration.ofSeconds(50), List.of("app-1")),
				new EndpointChange(Duration.ofSeconds(100).plusSeconds(lag), List.of("app-2")));
		return new Rollout("update", Instant.EPOCH, Duration.ofSeconds(200), Map.of(), List.of(pod), changes,
				Duration.ofSeconds(60), load, List.of());
	}

}
