package io.podlifecycle.rehearsal.cli.report;

import java.util.List;

import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.podlifecycle.rehearsal.cli.report.Rollouts.event;
import static io.podlifecycle.rehearsal.cli.report.Rollouts.millis;
import static org.assertj.core.api.Assertions.assertThat;

class PodPhasesTests {

	@Test
	void tellsWhatTheLibrarySaysOfItsWaitAndItsLeave() {
		Rollout rollout = Rollouts.of("app", Rollouts.REPORT, 0);
		assertThat(PodPhases.of(rollout.pods().get(0), rollout)).containsExactly(phase(PodPhase.Kind.WAITING, 0, 100),
				phase(PodPhase.Kind.STARTING, 100, 5_600), phase(PodPhase.Kind.WAITING, 5_600, 8_100),
				phase(PodPhase.Kind.STARTING, 8_100, 9_000), phase(PodPhase.Kind.READY, 9_000, 14_000),
				phase(PodPhase.Kind.QUIESCING, 14_000, 18_100), phase(PodPhase.Kind.DRAINING, 18_100, 19_600),
				phase(PodPhase.Kind.CLOSING, 19_600, 20_100));
		assertThat(PodPhases.of(rollout.pods().get(1), rollout)).containsExactly(
				phase(PodPhase.Kind.WAITING, 14_000, 14_200), phase(PodPhase.Kind.STARTING, 14_200, 19_000),
				phase(PodPhase.Kind.READY, 19_000, 25_000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "good bye", "{\"elapsed\":3000}", "{\"trigger\":\"sigterm\"", "[]",
			"{\"trigger\":\"sigterm\",\"status\":\"in_progress\",\"elapsed\":3000}" })
	void withoutACompleteReportThePodJustLeaves(String message) {
		Rollout rollout = Rollouts.of("app", message, 0);
		assertThat(PodPhases.of(rollout.pods().get(0), rollout)).last()
			.isEqualTo(phase(PodPhase.Kind.LEAVING, 14_000, 20_100));
	}

	@Test
	void timesThatDoNotFitAreCutOff() {
		Rollout rollout = Rollouts.of("app",
				report(99_000, "{\"name\":\"propagation\",\"time\":1000}", "{\"name\":\"drain\",\"time\":98000}"), 0);
		assertThat(PodPhases.of(rollout.pods().get(0), rollout))
			.endsWith(phase(PodPhase.Kind.QUIESCING, 14_000, 15_000), phase(PodPhase.Kind.DRAINING, 15_000, 20_100));
	}

	@Test
	void afterAPreStopHookTheWaitForTheSignalIsAPartOfQuiescing() {
		Rollout rollout = Rollouts.of("app", report(6_000, "{\"name\":\"propagation\",\"time\":3000}",
				"{\"name\":\"await_sigterm\",\"time\":1000}", "{\"name\":\"drain\",\"time\":1000}"), 0);
		assertThat(PodPhases.of(rollout.pods().get(0), rollout))
			.contains(phase(PodPhase.Kind.QUIESCING, 14_000, 18_100), phase(PodPhase.Kind.DRAINING, 18_100, 19_100));
	}

	private static String report(long elapsed, String... phases) {
		return "{\"status\":\"completed\",\"trigger\":\"pre_stop\",\"elapsed\":" + elapsed + ",\"phases\":["
				+ String.join(",", phases) + "]}";
	}

	@Test
	void aPodThatIsNotReadyForAWhileIsAliveAndOneThatCrashesWaits() {
		PodLife pod = Rollouts.pod(null, "", event(0, Kind.CREATED, ""), event(0, Kind.INIT_STARTED, ""),
				event(500, Kind.INIT_ENDED, ""), event(500, Kind.STARTED, ""), event(1_000, Kind.READY, ""),
				event(2_000, Kind.NOT_READY, ""), event(3_000, Kind.READY, ""), event(4_000, Kind.EXITED, ""),
				event(4_000, Kind.NOT_READY, ""), event(4_000, Kind.BACK_OFF, ""), event(5_000, Kind.STARTED, ""),
				event(5_500, Kind.WAIT_STARTED, ""), event(7_000, Kind.PROBE_GAVE_UP, ""),
				event(7_001, Kind.SIGTERM, ""), event(8_000, Kind.EXITED, ""), event(8_000, Kind.BACK_OFF, ""));
		assertThat(PodPhases.of(pod, Rollouts.with(pod))).containsExactly(phase(PodPhase.Kind.WAITING, 0, 500),
				phase(PodPhase.Kind.STARTING, 500, 1_000), phase(PodPhase.Kind.READY, 1_000, 2_000),
				phase(PodPhase.Kind.NOT_READY, 2_000, 3_000), phase(PodPhase.Kind.READY, 3_000, 4_000),
				phase(PodPhase.Kind.WAITING, 4_000, 5_000), phase(PodPhase.Kind.STARTING, 5_000, 5_500),
				phase(PodPhase.Kind.WAITING, 5_500, 7_000), phase(PodPhase.Kind.LEAVING, 7_000, 8_000),
				phase(PodPhase.Kind.WAITING, 8_000, 10_000));
	}

	@Test
	void aPodWithoutEventsHasNoPhases() {
		PodLife pod = Rollouts.pod(null, "");
		assertThat(PodPhases.of(pod, Rollouts.with(pod))).isEqualTo(List.of());
	}

	private static PodPhase phase(PodPhase.Kind kind, long from, long to) {
		return new PodPhase(kind, millis(from), millis(to));
	}

}
