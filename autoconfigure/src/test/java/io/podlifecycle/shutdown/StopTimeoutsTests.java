package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.report.Reports;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.report.ShutdownReport.WorkTotals;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StopTimeoutsTests {

	private final List<Duration> limits = new ArrayList<>();

	private final StopTimeouts timeouts = this.limits::add;

	@Test
	void areLeftAloneIfAllWorkIsDone() {
		this.timeouts.drained(report(0, new ParticipantLoad("streams", 0, 0, "7 ended")));
		assertThat(this.limits).isEmpty();
	}

	@Test
	void areLoweredIfWorkWasGivenUpOrCutOff() {
		this.timeouts.drained(report(1));
		this.timeouts.drained(report(0, new ParticipantLoad("kafka", 1)));
		this.timeouts.drained(report(0, new ParticipantLoad("streams", 0, 1, "1 cut off")));
		assertThat(this.limits).containsExactly(StopTimeouts.AFTER_DRAIN, StopTimeouts.AFTER_DRAIN,
				StopTimeouts.AFTER_DRAIN);
	}

	private static ShutdownReport report(long inFlight, ParticipantLoad... participants) {
		ShutdownReport report = Reports.of(Status.IN_PROGRESS);
		return new ShutdownReport(report.trigger(), report.status(), report.exitCode(), report.elapsed(),
				report.propagation(), report.phases(), report.peers(), new WorkTotals(1, 0, inFlight, List.of()),
				report.connectionsAtStart(), report.connectionsLeft(), List.of(participants), List.of(), List.of());
	}

}
