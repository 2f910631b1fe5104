package io.podlifecycle.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTERM amid the runner of an application without a web server.
 */
@Tag("full")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RunnerIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(100);

	private static final String RUNNER = "runner " + RunnerApplication.class.getName() + ".run";

	@Test
	void isWaitedFor() {
		assertThat(terminate(143, "--app.seconds=4")).contains("import is done")
			.anyMatch((line) -> line.contains("Shutting down on SIGTERM with 1 in flight"))
			.anyMatch((line) -> line.contains("no propagation delay"))
			.anyMatch((line) -> line.contains("Graceful shutdown completed"))
			.anyMatch((line) -> line.contains("0 cut off"));
	}

	@Test
	void isInterruptedAndNamedWhenItsTimeIsOver() {
		assertThat(terminate(143, "--app.seconds=1000", "--pod-lifecycle.shutdown.grace-period=10"))
			.contains("import is interrupted")
			.anyMatch((line) -> line.contains("in flight for") && line.contains(RUNNER))
			.anyMatch((line) -> line.contains("Graceful shutdown completed"))
			.anyMatch((line) -> line.contains("1 in flight at the start, 0 arrived since, 1 cut off"))
			.anyMatch((line) -> line.contains("cut off: " + RUNNER));
	}

	@Test
	void choosesTheExitCodeIfItExits() {
		assertThat(terminate(3, "--app.seconds=4", "--app.exits=true")).contains("import is done")
			.anyMatch((line) -> line.contains("Shutting down on SIGTERM with 1 in flight"));
	}

	@Test
	void isCutOffWithTheLibraryOff() {
		assertThat(terminate(143, "--app.seconds=10", "--pod-lifecycle.enabled=false")).doesNotContain("import is done",
				"import is interrupted");
	}

	@Test
	void isCutOffWhereThatIsSwitchedOff() {
		assertThat(terminate(143, "--app.seconds=10", "--pod-lifecycle.shutdown.participants.runners.enabled=false"))
			.doesNotContain("import is done", "import is interrupted");
	}

	private static List<String> terminate(int exitCode, String... arguments) {
		try (AppProcess app = Service.onKubernetes(SharedClasses.withoutServer(RunnerApplication.class))
			.argument(arguments)
			.start()) {
			app.awaitLog("import begins", LIMIT);
			app.terminate();
			assertThat(app.awaitExit(LIMIT)).isEqualTo(exitCode);
			return app.log().stream().map(LogLine::text).toList();
		}
	}

}
