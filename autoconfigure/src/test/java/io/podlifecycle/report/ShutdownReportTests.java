package io.podlifecycle.report;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.journal.RunEnd;
import io.podlifecycle.report.ShutdownReport.Hang;
import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.report.ShutdownReport.WorkTotals;
import io.podlifecycle.shutdown.LifecycleState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShutdownReportTests {

	@Test
	void thePhaseInProgressIsTheLastOne() {
		ShutdownReport report = Reports.of(Status.IN_PROGRESS);
		assertThat(report.phase()).isEqualTo(Phase.DRAIN);
		assertThat(report.timeOf(Phase.PROPAGATION)).isEqualTo(Duration.ofSeconds(5));
		assertThat(report.timeOf(Phase.CLOSE)).isZero();
	}

	@Test
	void workIsCutOffWhenTheShutdownIsOverAndNotBefore() {
		assertThat(Reports.of(Status.IN_PROGRESS).cutOff()).isEqualTo(2);
		assertThat(Reports.of(Status.COMPLETED).cutOff()).isEqualTo(5);
	}

	@Test
	void whatParticipantsHaveLeftIsGivenUpAndMayBeTheWorkOfRequests() {
		ShutdownReport report = Reports.of(Status.COMPLETED);
		assertThat(report.givenUp()).as("1 request, and 3 records or tasks").isEqualTo(3);
		assertThat(report.ended(Status.COMPLETED, 143, new WorkTotals(4, 0, 4, List.of()), List.of()).givenUp())
			.as("4 requests, and 3 records or tasks")
			.isEqualTo(4);
		assertThat(ShutdownReport.ofStart(Trigger.SIGTERM, Duration.ZERO).givenUp()).isZero();
	}

	@Test
	void anApplicationThatWasNeverReadyClosesAtOnce() {
		ShutdownReport report = ShutdownReport.ofStart(Trigger.SIGTERM, Duration.ofSeconds(2));
		assertThat(report.timeOf(Phase.CLOSE)).isEqualTo(report.elapsed());
		assertThat(report.propagation()).isEqualTo(Propagation.NEVER_READY);
	}

	@Test
	void theLeastImportantEntriesAreLeftOutFirst() {
		ShutdownReport report = Reports.of(Status.OVERDUE);
		assertThat(report.limit(ShutdownReport.MOST_ENTRIES)).isEqualTo(report);
		assertThat(lengths(report.limit(41))).containsExactly(1, 3, 1, 2, 4);
		assertThat(lengths(report.limit(40))).containsExactly(0, 3, 1, 2, 4);
		assertThat(lengths(report.limit(21))).containsExactly(0, 1, 1, 2, 4);
		assertThat(lengths(report.limit(20))).containsExactly(0, 0, 1, 2, 4);
		assertThat(lengths(report.limit(2))).containsExactly(0, 0, 1, 2, 2);
		assertThat(lengths(report.limit(0))).containsExactly(0, 0, 0, 0, 0);
	}

	private static List<Integer> lengths(ShutdownReport report) {
		List<Hang> hanging = report.hanging();
		return List.of(report.work().oldest().size(), report.participants().size(), report.problems().size(),
				hanging.size(), hanging.isEmpty() ? 0 : hanging.get(hanging.size() - 1).stack().size());
	}

	@Test
	void whatLeavesTheProcessHasAStableId() {
		assertThat(Trigger.values()).extracting(Trigger::id)
			.containsExactly("sigterm", "sigint", "pre_stop", "jvm_exit", "context_closed");
		assertThat(Phase.values()).extracting(Phase::id)
			.containsExactly("quiesce", "propagation", "await_sigterm", "drain", "close");
		assertThat(Propagation.values()).extracting(Propagation::id)
			.containsExactly("pending", "in_progress", "quiet", "health_checks_only", "cap", "aborted", "deadline",
					"not_on_kubernetes", "disabled", "no_stop_signal", "never_ready", "no_server", "undecided");
		assertThat(Status.values()).extracting(Status::id).containsExactly("in_progress", "completed", "overdue");
		assertThat(Hang.Kind.values()).extracting(Hang.Kind::id)
			.containsExactly("application_start", "bean_stop", "bean_destruction");
		assertThat(LifecycleState.values()).extracting(LifecycleState::id)
			.containsExactly("waiting", "refreshing", "starting", "ready", "quiescing", "propagating", "draining",
					"closing", "terminated");
		assertThat(RunEnd.values()).extracting(RunEnd::id)
			.containsExactly("clean", "given_up", "crashed_in_startup", "halted", "killed");
	}

	@Test
	void thereIsNoPropagationDelayWhereThereIsAReasonForThat() {
		assertThat(Propagation.values()).filteredOn(Propagation::isSkipped)
			.allSatisfy((propagation) -> assertThat(propagation).asString().startsWith("no propagation delay: "));
		assertThat(Propagation.values()).filteredOn((propagation) -> !propagation.isSkipped())
			.extracting(Propagation::toString)
			.noneMatch((text) -> text.startsWith("no "));
	}

}
