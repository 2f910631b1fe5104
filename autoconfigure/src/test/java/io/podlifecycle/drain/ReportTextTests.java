package io.podlifecycle.drain;

import io.podlifecycle.report.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.podlifecycle.drain.DrainReport.Propagation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTextTests {

	private final DrainReport drain = new DrainReport(Trigger.SIGTERM, Propagation.QUIET,
			List.of(new PhaseTime(Phase.PROPAGATION, Duration.ZERO, Duration.ofSeconds(5)),
					new PhaseTime(Phase.DRAIN, Duration.ofSeconds(5), Duration.ofMillis(250))),
			new WorkTotals(3, 120, 1,
					List.of(new WorkSnapshot("GET /slow", Duration.ofSeconds(23), List.of("Slow.get(Slow.java:12)")))),
			12, 2, List.of(new ParticipantLoad("kafka", 3), new ParticipantLoad("streams", 0, 0, "7 ended"),
					new ParticipantLoad("idle", 0)),
			List.of("pre-stop task lease failed"));

	@Test
	void theMostImportantComesFirst() {
		ShutdownReport report = new ShutdownReport(this.drain, Duration.ofSeconds(28), 70, List.of("bean slow"));
		assertThat(ReportText.lines(report)).containsExactly("Gone 28.000 s after SIGTERM, exit code 70",
				"hangs: bean slow", "work: 3 in flight at the start, 120 arrived since, 1 not finished",
				"problem: pre-stop task lease failed",
				"phases: propagation 5.000 s, drain 0.250 s, traffic had stopped",
				"connections: 12 at the start, 2 left open", "participant: kafka has 3 left",
				"participant: streams has 0 left, 7 ended",
				"in flight: GET /slow for 23.000 s, at Slow.get(Slow.java:12)");
	}

	@Test
	void whatIsNotOverSaysSo() {
		ShutdownReport report = new ShutdownReport(this.drain, Duration.ofSeconds(6), null, List.of());
		assertThat(ReportText.lines(report)).first().isEqualTo("Shutting down on SIGTERM for 6.000 s");
	}

	@Test
	void whatEndsByAnotherExitHasNoExitCode() {
		ShutdownReport report = new ShutdownReport(this.drain.followedBy(Phase.CLOSE, Duration.ofSeconds(8)),
				Duration.ofSeconds(8), null, List.of());
		assertThat(ReportText.lines(report)).first()
			.isEqualTo("Gone 8.000 s after SIGTERM, by another exit of the JVM");
	}

	@Test
	void isCutOffBetweenTwoCharacters() {
		assertThat(ReportText.cut("short", 4096)).hasSize(5);
		byte[] cut = ReportText.cut("a€€", 6);
		assertThat(new String(cut, StandardCharsets.UTF_8)).isEqualTo("a€");
	}

	@Test
	void whatFitsIsNotCutOff() {
		assertThat(ReportText.cut("a€€", 7)).hasSize(7);
		assertThat(ReportText.cut("€", 2)).isEmpty();
		assertThat(ReportText.cut("abc", 2)).hasSize(2);
	}

	@Test
	void withoutPhasesAndWithoutAStackThereIsNothingToTellOfThem() {
		DrainReport early = new DrainReport(Trigger.PRE_STOP, Propagation.SKIPPED, List.of(),
				new WorkTotals(1, 0, 1, List.of(new WorkSnapshot("import", Duration.ofSeconds(1), List.of()))), 0, 0,
				List.of(), List.of());
		assertThat(ReportText.lines(new ShutdownReport(early, Duration.ofSeconds(1), null, List.of()))).containsExactly(
				"Shutting down on the preStop hook for 1.000 s",
				"work: 1 in flight at the start, 0 arrived since, 1 not finished", "phases: no propagation delay",
				"connections: 0 at the start, 0 left open", "in flight: import for 1.000 s");
	}

}
