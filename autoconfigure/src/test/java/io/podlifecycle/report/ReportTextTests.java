package io.podlifecycle.report;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.report.ShutdownReport.WorkTotals;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTextTests {

	@Test
	void theMostImportantComesFirst() {
		assertThat(ReportText.lines(Reports.of(Status.OVERDUE))).containsExactly(
				"Graceful shutdown not completed within 5.262 s (trigger: the preStop hook, phase: drain, exit code: 70)",
				"hangs: stop of bean one in phase 4711 in thread main at One.stop(One.java:1)",
				"hangs: start of the application in thread main at a\n\t\tat b\n\t\tat c\n\t\tat d",
				"work: 3 in flight at the start, 120 arrived since, 5 cut off",
				"problem: pre-stop task lease does not end",
				"phases: quiesce 0.012 s, propagation 5.000 s, drain 0.250 s, traffic had stopped",
				"peers: 3, 1 still sending; last request 1.250 s ago, largest gap 7.000 s",
				"connections: 12 at the start, 2 left open", "participant: kafka has 3 left",
				"participant: streams has 0 left, 7 ended, 2 cut off",
				"cut off: GET /slow after 23.000 s, at Slow.get(Slow.java:12)");
	}

	@Test
	void whatIsInProgressSaysSinceWhen() {
		assertThat(ReportText.lines(Reports.of(Status.IN_PROGRESS))).containsSubsequence(
				"Shutting down (trigger: the preStop hook, phase: drain)",
				"work: 3 in flight at the start, 120 arrived since, 1 in flight",
				"phases: quiesce 0.012 s, propagation 5.000 s, drain since 5.012 s, traffic had stopped",
				"in flight: GET /slow for 23.000 s, at Slow.get(Slow.java:12)");
	}

	@Test
	void theExitCodeIsThatOfTheProcessIfItIsKnown() {
		assertThat(ReportText.lines(Reports.of(Status.COMPLETED))).first()
			.isEqualTo("Graceful shutdown completed in 5.262 s (trigger: the preStop hook, exit code: 143)");
		ShutdownReport otherExit = ShutdownReport.ofStart(Trigger.SIGTERM, Duration.ofSeconds(1))
			.ended(Status.COMPLETED, null, new WorkTotals(1, 0, 1, List.of()), List.of());
		assertThat(ReportText.lines(otherExit)).contains(
				"Graceful shutdown completed in 1.000 s (trigger: SIGTERM, by another exit of the JVM)",
				"phases: close 1.000 s, no propagation delay: never ready");
	}

	@Test
	void peersAreNamedWhenTheDelayHasBegunAndWithoutTheirAddresses() {
		assertThat(ReportText.lines(Reports.of(Status.IN_PROGRESS))).anyMatch((line) -> line.startsWith("peers: 3"))
			.noneMatch((line) -> line.contains("192.0.2.7"));
		assertThat(ReportData.of(Reports.of(Status.IN_PROGRESS))).containsEntry("peers", 3);
		ShutdownReport withoutDelay = ShutdownReport.ofStart(Trigger.SIGTERM, Duration.ZERO);
		assertThat(ReportText.lines(withoutDelay)).noneMatch((line) -> line.startsWith("peers"));
		assertThat(ReportData.of(withoutDelay)).doesNotContainKeys("peers", "peersSending", "lastPeers");
	}

	@Test
	void noLineIsTheTextOfARecordOrADuration() {
		assertThat(Stream.of(Status.values()).map(Reports::of).flatMap((report) -> ReportText.lines(report).stream()))
			.noneMatch(Texts::isOfARecordOrADuration);
		assertThat(Texts.isOfARecordOrADuration("it took PT-5S")).isTrue();
		assertThat(Texts.isOfARecordOrADuration("shrunk to GraceBudget[gracePeriod=PT5S]")).isTrue();
	}

}
