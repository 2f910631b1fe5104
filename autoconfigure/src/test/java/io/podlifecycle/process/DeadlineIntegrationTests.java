package io.podlifecycle.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process that hangs while it shuts down, with a grace period of 8 s, and its shutdown
 * report.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DeadlineIntegrationTests {

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(12);

	/** Leaves seconds for the close after a phase that takes all it may. */
	private static final Duration LONGER_GRACE_PERIOD = Duration.ofSeconds(20);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private Path message;

	@BeforeEach
	void mountTerminationMessage() throws IOException {
		this.message = Files.createFile(this.directory.resolve("termination-log"));
	}

	@Test
	void whatHangsIsNamedAndTheProcessHaltsInTime() throws IOException {
		assertIsNamedAndHalts("app.destroy-hangs", "destruction of bean hangingBean");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			app.pre-destroy-hangs | destruction of bean preDestroyHangs
			app.stop-blocks       | stop of bean stopBlocks in phase 4711
			app.hook-hangs        | hanging-hook
			""")
	@Tag("full")
	void whateverHangsIsNamed(String property, String culprit) throws IOException {
		assertIsNamedAndHalts(property, culprit);
	}

	private void assertIsNamedAndHalts(String property, String culprit) throws IOException {
		try (Service service = start("--" + property + "=true")) {
			Duration duration = timeToEnd(service.terminate());
			assertThat(service.awaitExit()).isEqualTo(70);
			assertThat(duration).isLessThan(GRACE_PERIOD);
			assertThat(service.log()).contains("halting with exit code 70", culprit, "\tat ");
			assertThat(message()).contains("trigger: SIGTERM", "exit code: 70", ", drain ");
		}
	}

	@Test
	@Tag("full")
	void aStopThatNeverCallsBackIsGivenItsTimeAndTheRestIsClosed() {
		try (Service service = start(LONGER_GRACE_PERIOD, "never", "--app.stop-never-calls-back=true")) {
			Duration duration = timeToEnd(service.terminate());
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(duration).isLessThan(LONGER_GRACE_PERIOD);
		}
	}

	@Test
	@Tag("full")
	void aThreadThatIsNoDaemonDoesNotHoldUpTheEnd() throws IOException {
		try (Service service = start("--app.thread-hangs=true")) {
			service.terminate();
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(message()).startsWith("Graceful shutdown completed in ")
				.contains("(trigger: SIGTERM, exit code: 143)");
		}
	}

	@Test
	@Tag("full")
	void aRequestThatNeverEndsIsCutOffAndNamed() throws Exception {
		try (Service service = start(LONGER_GRACE_PERIOD, "never")) {
			Thread request = callUntilCutOff(service, "/slow?ms=600000&token=secret");
			service.awaitLog("Slow request begins");
			Duration duration = timeToEnd(service.terminate());
			request.join();
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(duration).isLessThan(LONGER_GRACE_PERIOD);
			assertThat(service.log()).contains("1 not waited for any more", ": GET /slow", "ServletEndpoints.slow")
				.doesNotContain("secret");
			assertThat(message()).contains("1 in flight at the start", "1 cut off", "cut off: GET /slow after ");
		}
	}

	@Test
	void aKillHalfwayLeavesTheReportSoFar() throws IOException {
		try (Service service = start(GRACE_PERIOD, "always")) {
			service.terminate();
			await().atMost(Service.END).until(() -> message().contains("phase: propagation"));
			service.signal("KILL");
			assertThat(service.awaitExit()).isEqualTo(137);
			assertThat(message()).startsWith("Shutting down (trigger: SIGTERM, phase: propagation)")
				.contains("0 in flight at the start", ", propagation since ", "propagation delay in progress");
		}
	}

	@Test
	@Tag("full")
	void ownWorkIsWaitedFor() {
		try (Service service = start(Duration.ofSeconds(30), "never", "--app.own-work=true")) {
			service.awaitLog("Own work begins");
			service.terminate();
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("Own work is done", "1 in flight at the start", "0 cut off",
					"Drained event with 1 at the start");
		}
	}

	@Test
	@Tag("full")
	void ownWorkIsCutOffWhereTheDrainDoesNotWait() {
		try (Service service = start(GRACE_PERIOD, "never", "--app.own-work=true",
				"--pod-lifecycle.shutdown.drain-timeout=1s")) {
			service.awaitLog("Own work begins");
			service.terminate();
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.logged("Own work is done")).isFalse();
			assertThat(service.log()).contains("1 not waited for any more", "in flight for ", ": import", "1 cut off",
					"cut off: import");
		}
	}

	@Test
	@Tag("full")
	void preStopTasksThatFailOrHangAndListenersThatThrowHoldUpNothing() {
		try (Service service = start("--app.pre-stop-tasks=true", "--app.listener-throws=true",
				"--pod-lifecycle.shutdown.quiesce-timeout=1s")) {
			Duration duration = timeToEnd(service.terminate());
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(duration).isLessThan(GRACE_PERIOD);
			assertThat(service.log()).contains("Lease handed over",
					"pre-stop task failsToHandOver failed: java.lang.IllegalStateException: no peer",
					"pre-stop task hangsHandingOver does not end", "problem: listener ", "listener is broken");
		}
	}

	@Test
	@Tag("full")
	void theMessageNeverExceedsWhatTheKubeletReads() throws IOException {
		try (Service service = start(LONGER_GRACE_PERIOD, "never")) {
			for (int i = 0; i < 60; i++) {
				callUntilCutOff(service, "/slow?ms=600000");
			}
			service.awaitLog("Slow request begins");
			service.terminate();
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(Files.size(this.message)).isLessThanOrEqualTo(4096);
			assertThat(message()).startsWith("Graceful shutdown completed in ");
		}
	}

	private Service start(String... arguments) {
		return start(GRACE_PERIOD, "never", arguments);
	}

	private Service start(Duration gracePeriod, String propagation, String... arguments) {
		String[] common = { Hangs.SOURCE, "--pod-lifecycle.shutdown.termination-message.format=text",
				"--pod-lifecycle.shutdown.termination-message.path=" + this.message,
				"--pod-lifecycle.shutdown.grace-period=" + gracePeriod.toSeconds(),
				"--pod-lifecycle.shutdown.reserve=4", "--pod-lifecycle.shutdown.propagation.when=" + propagation };
		String[] all = Stream.concat(Stream.of(common), Stream.of(arguments)).toArray(String[]::new);
		return Service.startOnKubernetes(all).awaitReady();
	}

	private static Thread callUntilCutOff(Service service, String path) {
		Thread thread = new Thread(() -> {
			try {
				service.get(path);
			}
			catch (IOException ex) {
				// As it must be: it is cut off.
			}
		});
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private String message() throws IOException {
		return Files.readString(this.message, StandardCharsets.UTF_8);
	}

	private static Duration timeToEnd(Service service) {
		long start = System.nanoTime();
		service.awaitExit();
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
