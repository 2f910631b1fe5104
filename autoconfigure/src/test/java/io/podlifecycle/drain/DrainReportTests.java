package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.report.Trigger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DrainReportTests {

	private final DrainReport empty = new DrainReport(Trigger.SIGTERM, Propagation.CAP, List.of(),
			new WorkTotals(0, 0, 0, List.of()), 3, 1, List.of(new ParticipantLoad("streams", 2)), List.of("a problem"));

	@Test
	void aPhaseBeginsWhereTheLastOneEnded() {
		DrainReport report = this.empty.followedBy(Phase.PROPAGATION, Duration.ofSeconds(5))
			.followedBy(Phase.DRAIN, Duration.ofSeconds(7));
		assertThat(report.phases()).containsExactly(
				new PhaseTime(Phase.PROPAGATION, Duration.ZERO, Duration.ofSeconds(5)),
				new PhaseTime(Phase.DRAIN, Duration.ofSeconds(5), Duration.ofSeconds(2)));
		assertThat(report.problems()).containsExactly("a problem");
		assertThat(report.participants()).containsExactly(new ParticipantLoad("streams", 2, 0, ""));
	}

	@Test
	void whatComesTwiceTookBothTimes() {
		DrainReport report = this.empty.followedBy(Phase.CLOSE, Duration.ofSeconds(1))
			.followedBy(Phase.DRAIN, Duration.ofSeconds(3))
			.followedBy(Phase.CLOSE, Duration.ofSeconds(7));
		assertThat(report.timeOf(Phase.CLOSE)).isEqualTo(Duration.ofSeconds(5));
		assertThat(report.timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(2));
		assertThat(report.timeOf(Phase.AWAIT_SIGTERM)).isZero();
	}

	@Test
	void whatParticipantsHadToCutOffIsCutOffAsWellAsWorkThatIsLeft() {
		DrainReport report = new DrainReport(Trigger.SIGTERM, Propagation.CAP, List.of(),
				new WorkTotals(5, 0, 2, List.of()), 3, 1,
				List.of(new ParticipantLoad("streams", 0, 40, ""), new ParticipantLoad("kafka", 3)), List.of());
		assertThat(report.cutOff()).isEqualTo(42);
		assertThat(this.empty.cutOff()).isZero();
	}

	@Test
	void workIsGivenUpWhereSomethingIsInFlight() {
		assertThat(this.empty.isWorkGivenUp()).isTrue();
		assertThat(report(1, 0).isWorkGivenUp()).isTrue();
		assertThat(report(0, 0).isWorkGivenUp()).isFalse();
	}

	private static DrainReport report(long requests, long ofParticipant) {
		return new DrainReport(Trigger.SIGTERM, Propagation.SKIPPED, List.of(),
				new WorkTotals(1, 0, requests, List.of()), 0, 0, List.of(new ParticipantLoad("one", ofParticipant)),
				List.of());
	}

	@Test
	void isWrittenInWords() {
		assertThat(Propagation.values()).extracting(Propagation::toString)
			.containsExactly("no propagation delay", "traffic had stopped", "its longest time was over",
					"a further signal ended it");
		assertThat(Phase.values()).extracting(Phase::toString)
			.containsExactly("propagation", "waiting for SIGTERM", "drain", "close");
		assertThat(Trigger.values()).extracting(Trigger::toString)
			.containsExactly("SIGTERM", "SIGINT", "the preStop hook", "the shutdown of the JVM",
					"the close of the application context");
	}

}
