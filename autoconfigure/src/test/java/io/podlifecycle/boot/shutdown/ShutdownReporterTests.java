package io.podlifecycle.boot.shutdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.podlifecycle.drain.DrainReport;
import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.drain.WorkTotals;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.shutdown.SupervisedApplication.Policy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ShutdownReporterTests {

	private final SupervisedApplication application = SupervisedApplication.create(Policy.ofContextOnly(),
			Duration.ofSeconds(30), () -> {
			});

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private Path message;

	@BeforeEach
	void mount() throws IOException {
		this.message = Files.createFile(this.directory.resolve("termination-log"));
	}

	@Test
	void reportsEachMilestoneAndTheEnd() throws IOException {
		this.application.preStop();
		ShutdownReporter reporter = new ShutdownReporter(this.message, this.application);
		reporter.quiescing(report(Trigger.PRE_STOP));
		assertThat(Files.readString(this.message)).startsWith("Shutting down on the preStop hook for 0.");
		reporter.terminated();
		assertThat(Files.readString(this.message)).contains("after the preStop hook, exit code 143");
	}

	@Test
	void reportsTheEndOfAStartThatServedNothing() throws IOException {
		this.application.preStop();
		new ShutdownReporter(this.message, this.application).terminated();
		assertThat(Files.readString(this.message)).contains("exit code 143", "0 in flight at the start",
				"no propagation delay");
	}

	@Test
	void whereTheProcessMayLiveOnThereIsNoEndToReport() throws IOException {
		this.application.closing();
		ShutdownReporter reporter = new ShutdownReporter(this.message, this.application);
		reporter.drained(report(Trigger.CONTEXT_CLOSED));
		reporter.terminated();
		assertThat(Files.readString(this.message)).startsWith("Shutting down on the close");
	}

	@Test
	void reportsWhatHangsAtTheDeadline() throws IOException {
		this.application.preStop();
		new ShutdownReporter(this.message, this.application).overdue(70, List.of("bean one"));
		assertThat(Files.readString(this.message)).contains("exit code 70", "hangs: bean one");
	}

	private static DrainReport report(Trigger trigger) {
		return new DrainReport(trigger, Propagation.SKIPPED, List.of(), new WorkTotals(0, 0, 0, List.of()), 0, 0,
				List.of(), List.of());
	}

}
