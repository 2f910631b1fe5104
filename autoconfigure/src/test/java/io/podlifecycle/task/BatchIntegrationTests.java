package io.podlifecycle.task;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.podlifecycle.process.ClassPath;
import io.podlifecycle.process.SharedClasses;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTERM in the middle of a step, and what a restart finds.
 */
@Tag("full")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BatchIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(100);

	private static final String GRACE_PERIOD = "--pod-lifecycle.shutdown.grace-period=30";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void theChunkIsFinishedAndARestartGoesOnWhereItWas() {
		List<String> stopped = terminate(GRACE_PERIOD);
		assertThat(stopped).contains("job ends STOPPED")
			.anyMatch((line) -> line.contains("Shutting down on SIGTERM with 2 in flight"))
			.anyMatch((line) -> line.contains("0 cut off"));
		try (AppProcess next = start(false)) {
			assertThat(next.awaitExit(LIMIT)).isZero();
			List<String> restarted = lines(next);
			assertThat(restarted).contains("job ends COMPLETED");
			assertThat(Stream.of(stopped, restarted).flatMap(List::stream).filter((line) -> line.startsWith("item ")))
				.containsExactlyElementsOf(IntStream.rangeClosed(1, 20).mapToObj((item) -> "item " + item).toList());
		}
	}

	@Test
	void aChunkThatTakesTooLongIsCutOffAndIsDoneAgain() {
		terminate("--pod-lifecycle.shutdown.drain-timeout=0s");
		try (AppProcess next = start(false)) {
			assertThat(next.awaitExit(LIMIT)).isZero();
			assertThat(lines(next)).contains("chunk begins with 6", "job ends COMPLETED");
		}
	}

	@Test
	void withTheLibraryOffTheExecutionSeemsToRunForEver() {
		terminate("--pod-lifecycle.enabled=false");
		try (AppProcess next = start(false)) {
			assertThat(next.awaitExit(LIMIT)).isEqualTo(1);
			assertThat(lines(next)).anyMatch((line) -> line.contains("JobExecutionAlreadyRunningException"));
		}
	}

	private List<String> terminate(String... arguments) {
		try (AppProcess app = start(true, arguments)) {
			app.awaitLog("chunk begins with 6", LIMIT);
			app.terminate();
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			return lines(app);
		}
	}

	private AppProcess start(boolean create, String... arguments) {
		return SharedClasses.withoutServer(BatchApplication.class, ClassPath.libraries("h2-"))
			.argument("--app.url=jdbc:h2:file:" + this.directory.resolve("jobs"), "--app.create=" + create)
			.argument(arguments)
			.start();
	}

	private static List<String> lines(AppProcess app) {
		return app.log().stream().map(LogLine::text).toList();
	}

}
