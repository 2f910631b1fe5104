package io.podlifecycle.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.journal.Journal;
import io.podlifecycle.journal.Milestone;
import io.podlifecycle.rehearsal.pod.Pod;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.pod.RestartPolicy;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;
import io.podlifecycle.rehearsal.time.Stopwatch;
import io.podlifecycle.report.Phase;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ReportData;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.PeerTotals;
import io.podlifecycle.report.ShutdownReport.PhaseTime;
import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.report.ShutdownReport.WorkTotals;
import io.podlifecycle.report.Trigger;
import org.junit.jupiter.api.Test;

import org.springframework.boot.json.JsonWriter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rehearsal reads what the library writes: they share no code, but must agree.
 */
class RehearsalReportTests {

	/** It starts a JVM. */
	@Test
	void aRehearsalKnowsTheWaitFromTheJournal() throws InterruptedException {
		CountDownLatch terminated = new CountDownLatch(1);
		Pod.Listener listener = new Pod.Listener() {

			@Override
			public void event(String pod, PodEvent event) {
				if (event.kind() == Kind.TERMINATED) {
					terminated.countDown();
				}
			}

			@Override
			public void changed() {
			}

		};
		PodSpec spec = PodSpec.mainClass(JournalWriter.class.getName())
			.readiness(null)
			.restartPolicy(RestartPolicy.NEVER)
			.build();
		try (Pod pod = Pod.start("app-1", spec, Stopwatch.start(), listener)) {
			assertThat(terminated.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(pod.life().exitCode()).isZero();
			assertThat(pod.life().events()).extracting(PodEvent::kind)
				.containsSubsequence(Kind.STARTED, Kind.WAIT_STARTED, Kind.WAIT_ENDED, Kind.EXITED);
		}
	}

	@Test
	void aRehearsalKnowsTheLeaveFromTheTerminationMessage() {
		List<PhaseTime> phases = List.of(new PhaseTime(Phase.QUIESCE, Duration.ZERO, Duration.ofSeconds(1)),
				new PhaseTime(Phase.PROPAGATION, Duration.ofSeconds(1), Duration.ofSeconds(2)),
				new PhaseTime(Phase.DRAIN, Duration.ofSeconds(3), Duration.ofSeconds(1)),
				new PhaseTime(Phase.CLOSE, Duration.ofSeconds(4), Duration.ofSeconds(1)));
		ShutdownReport report = new ShutdownReport(Trigger.SIGTERM, Status.COMPLETED, 143, Duration.ofSeconds(5),
				Propagation.QUIET, phases, PeerTotals.NONE, new WorkTotals(1, 2, 0, List.of()), 1, 0, List.of(),
				List.of(), List.of());
		TerminationMessage message = TerminationMessage.of(JsonWriter.standard().writeToString(ReportData.of(report)));
		assertThat(message.elapsed()).contains(Duration.ofSeconds(5));
		assertThat(message.exitCode()).contains(143);
		assertThat(message.timeOf("quiesce", "propagation", "await_sigterm")).isEqualTo(Duration.ofSeconds(3));
		assertThat(message.timeOf("drain")).isEqualTo(Duration.ofSeconds(1));
	}

	/**
	 * An application that only waits, and notes it where a pod is told to.
	 */
	static final class JournalWriter {

		private JournalWriter() {
		}

		public static void main(String[] args) {
			Path file = Path.of(System.getenv("PODLIFECYCLE_JOURNAL_FILE"));
			try (Journal journal = Journal.open(file, InstantSource.system(), (problem) -> {
			})) {
				journal.note(Milestone.WAITING, "");
				journal.note(Milestone.WAITED, "");
			}
		}

	}

}
