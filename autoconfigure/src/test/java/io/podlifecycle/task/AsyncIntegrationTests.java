package io.podlifecycle.task;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.podlifecycle.process.SharedClasses;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.process.HttpProbe;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work that requests have handed over to an executor, and did not wait for.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AsyncIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String[] ONE_THREAD = { "--spring.task.execution.pool.core-size=1" };

	private static final String[] THREAD_PER_TASK = { "--app.thread-per-task=true" };

	/** What has an executor with virtual threads for {@code @Async}. */
	private static final String BUILT_BY_BOOT = "--spring.threads.virtual.enabled=true";

	private static final String OF_THE_JDK = "--app.virtual-executor=true";

	private static final String OFF = "--pod-lifecycle.enabled=false";

	private final int port = FreePort.next();

	@Test
	void whatIsQueuedIsDone() throws IOException {
		try (AppProcess app = start(ONE_THREAD)) {
			submit("before", 1500);
			app.terminate();
			app.awaitLog("Shutting down on SIGTERM", LIMIT);
			// It is leaving, and still takes requests that hand over work.
			submit("late", 500);
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(done(app, "before")).isEqualTo(3);
			assertThat(done(app, "late")).isEqualTo(3);
		}
	}

	@Test
	void withTheLibraryOffWhatIsQueuedIsLost() throws IOException {
		try (AppProcess app = start(ONE_THREAD[0], OFF)) {
			submit("before", 4000);
			app.terminate();
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(done(app, "before")).isLessThan(3);
		}
	}

	@Test
	@Tag("full")
	void whatRunsOnThreadsOfItsOwnIsDone() throws IOException {
		try (AppProcess app = start(THREAD_PER_TASK)) {
			submit("before", 3000);
			app.terminate();
			app.awaitLog("Draining after", LIMIT);
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(done(app, "before")).isEqualTo(3);
		}
	}

	@Test
	@Tag("full")
	void withTheLibraryOffWhatRunsOnThreadsOfItsOwnIsLost() throws IOException {
		try (AppProcess app = start(THREAD_PER_TASK[0], OFF)) {
			submit("before", 10000);
			app.terminate();
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(done(app, "before")).isLessThan(3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { BUILT_BY_BOOT, OF_THE_JDK })
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "This JDK has no virtual threads")
	@Tag("full")
	void whatRunsOnVirtualThreadsIsDone(String virtual) throws IOException {
		try (AppProcess app = start(virtual)) {
			submit("before", 3000);
			app.terminate();
			app.awaitLog("Draining after", LIMIT);
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(done(app, "before")).isEqualTo(3);
			assertThat(app.log()).extracting(LogLine::text)
				.anyMatch((line) -> line.startsWith("begin before 1 in VirtualThread["))
				.anyMatch((line) -> line.contains("work: ") && line.contains(" 0 cut off"));
		}
	}

	/** The tasks ignore interrupts. */
	@ParameterizedTest
	@CsvSource({ BUILT_BY_BOOT + ", applicationTaskExecutor", OF_THE_JDK + ", taskExecutor" })
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "This JDK has no virtual threads")
	@Tag("full")
	void whatRunsOnVirtualThreadsForTooLongIsNamedAndCutOff(String virtual, String bean) throws IOException {
		try (AppProcess app = start(virtual, "--pod-lifecycle.shutdown.drain-timeout=1s")) {
			HttpProbe.create().get(uri(this.port, "/endless?tasks=3"));
			app.terminate();
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(app.log()).extracting(LogLine::text)
				.anyMatch((line) -> line.contains(" 3 not waited for any more"))
				.anyMatch((line) -> line.contains("work: ") && line.contains(" 3 cut off"))
				.anyMatch((line) -> line.contains("other executors has 3 left, " + bean));
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "This JDK has no virtual threads")
	@Tag("full")
	void withTheLibraryOffAnExecutorOfTheJdkHoldsUpTheEnd() throws IOException {
		int otherPort = FreePort.next();
		try (AppProcess plain = start(otherPort, OF_THE_JDK, OFF);
				AppProcess app = start(OF_THE_JDK, "--pod-lifecycle.shutdown.drain-timeout=1s")) {
			HttpProbe.create().get(uri(otherPort, "/endless?tasks=3"));
			HttpProbe.create().get(uri(this.port, "/endless?tasks=3"));
			plain.terminate();
			app.terminate();
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(plain.isAlive()).isTrue();
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "This JDK has no virtual threads")
	@Tag("full")
	void withTheLibraryOffWhatRunsOnVirtualThreadsIsLost() throws IOException {
		try (AppProcess app = start(BUILT_BY_BOOT, OFF)) {
			submit("before", 10000);
			app.terminate();
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(done(app, "before")).isLessThan(3);
		}
	}

	private AppProcess start(String... arguments) {
		return start(this.port, arguments);
	}

	private static AppProcess start(int port, String... arguments) {
		AppProcess app = SharedClasses.withTomcat(AsyncApplication.class)
			.environment("KUBERNETES_SERVICE_HOST", "127.0.0.1")
			.environment("KUBERNETES_SERVICE_PORT", "6443")
			.argument("--server.port=" + port, "--spring.main.banner-mode=off",
					"--pod-lifecycle.shutdown.propagation.max=500ms")
			.argument(arguments)
			.start();
		HttpProbe.create().awaitStatus(uri(port, "/actuator/health/readiness"), 200, LIMIT);
		return app;
	}

	private void submit(String name, long ms) throws IOException {
		assertThat(HttpProbe.create().get(uri(this.port, "/submit?name=" + name + "&tasks=3&ms=" + ms)).body())
			.isEqualTo(name);
	}

	private static URI uri(int port, String path) {
		return URI.create("http://127.0.0.1:" + port + path);
	}

	private static long done(AppProcess app, String name) {
		return IntStream.rangeClosed(1, 3)
			.filter((task) -> app.log().stream().anyMatch((line) -> line.text().equals("done " + name + " " + task)))
			.count();
	}

}
