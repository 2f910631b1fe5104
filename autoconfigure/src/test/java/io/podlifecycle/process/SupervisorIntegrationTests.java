package io.podlifecycle.process;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcessBuilder;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of a process under a supervisor, beside that of the same process with the
 * library switched off.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SupervisorIntegrationTests {

	private static final String OFF = "--pod-lifecycle.enabled=false";

	private static final String NO_DELAY = "--pod-lifecycle.shutdown.propagation.when=never";

	private static final int MOST_PAIRS = 3;

	/**
	 * A heap that is full makes everything slow, and other work on the machine slower.
	 */
	private static final Duration LONG_GRACE_PERIOD = Service.END.multipliedBy(2);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void sigtermDuringTheRefreshEndsItWithTheBeanAtHand() {
		Duration with;
		try (Service service = start("--app.slow-beans=true")) {
			service.awaitLog("Creating the first slow bean");
			with = timeToEnd(service, 143);
			assertThat(service.log()).contains("is not created", "trigger: SIGTERM, exit code: 143")
				.doesNotContain("Application run failed", "APPLICATION FAILED TO START", "Tomcat started",
						"Creating the third slow bean");
		}
		try (Service service = start("--app.slow-beans=true", OFF)) {
			service.awaitLog("Creating the first slow bean");
			Duration without = timeToEnd(service, 143);
			assertThat(without.minus(with)).isGreaterThan(Duration.ofSeconds(3));
		}
	}

	@Test
	@Tag("full")
	void aBeanThatWaitsForAFutureIsInterruptedAsInPlainBoot() {
		Duration with;
		try (Service service = start("--app.bean-waits-for-future=true")) {
			service.awaitLog("Waiting for a future");
			with = timeToEnd(service, 143);
			assertThat(service.log()).doesNotContain("Application run failed", "APPLICATION FAILED TO START");
		}
		try (Service service = start("--app.bean-waits-for-future=true", OFF)) {
			service.awaitLog("Waiting for a future");
			Duration without = timeToEnd(service, 143);
			assertThat(with.minus(without)).isLessThan(Duration.ofSeconds(2));
		}
	}

	@Test
	@Tag("full")
	void aStartThatHangsIsReportedAtTheDeadlineOfTheSignal() throws IOException {
		Path message = Files.createFile(this.directory.resolve("termination-log"));
		try (Service service = start("--app.bean-hangs=true", "--pod-lifecycle.shutdown.grace-period=6",
				"--pod-lifecycle.shutdown.reserve=2", "--pod-lifecycle.shutdown.termination-message.format=text",
				"--pod-lifecycle.shutdown.termination-message.path=" + message)) {
			service.awaitLog("The start hangs");
			assertThat(timeToEnd(service, 70)).isLessThan(Duration.ofSeconds(6));
			assertThat(Files.readString(message)).contains("trigger: SIGTERM", "exit code: 70",
					"start of the application in thread main", "process.Hostile.");
		}
		try (Service service = start("--app.bean-hangs=true", OFF)) {
			service.awaitLog("The start hangs");
			service.terminate();
			assertThat(service.hasEndedWithin(Duration.ofSeconds(6))).isFalse();
		}
	}

	@Test
	void readinessIsRefusedAtOnceAlthoughAListenerBlocks() throws IOException {
		assertReadinessIsRefusedAtOnce("block", 143);
	}

	@Test
	@Tag("full")
	void readinessIsRefusedAtOnceAlthoughAListenerExits() throws IOException {
		assertReadinessIsRefusedAtOnce("exit", 3);
	}

	/** Boot itself tells the listener on the thread of its hook, and then hangs. */
	private static void assertReadinessIsRefusedAtOnce(String action, int exitCode) throws IOException {
		try (Service service = start("--app.on-refusal=" + action, "--pod-lifecycle.shutdown.propagation.mode=fixed",
				"--pod-lifecycle.shutdown.propagation.max=3s", "--pod-lifecycle.shutdown.grace-period=12")
			.awaitReady()) {
			service.terminate();
			service.awaitStatus(service.readiness(), 503);
			assertThat(service.get("/hello").status()).isEqualTo(200);
			assertThat(service.awaitExit(Duration.ofSeconds(12))).isEqualTo(exitCode);
			assertThat(service.log()).contains("its longest time was over",
					(exitCode == 143) ? ", exit code: 143" : ", by another exit of the JVM");
		}
	}

	@Test
	@Tag("full")
	void anExitInAListenerOfTheEndDoesNotWaitForItself() {
		try (Service service = start(NO_DELAY, "--app.exit-when-drained=true").awaitReady()) {
			assertThat(timeToEnd(service, 3)).isLessThan(Duration.ofSeconds(5));
		}
	}

	@Test
	@Tag("full")
	void aParticipantThatBlocksIsTreatedAsIdle() {
		try (Service service = start(NO_DELAY, "--app.participant-blocks=true").awaitReady()) {
			assertThat(timeToEnd(service, 143)).isLessThan(Duration.ofSeconds(8));
			assertThat(service.log()).contains("participant blocking does not say what is in flight");
		}
	}

	@Test
	@Tag("full")
	void anAsynchronousEventMulticasterChangesNothing() throws IOException {
		try (Service service = start("--app.async-events=true", "--pod-lifecycle.shutdown.trigger=context",
				"--pod-lifecycle.shutdown.propagation.mode=fixed", "--pod-lifecycle.shutdown.propagation.max=3s")
			.awaitReady()) {
			service.terminate().awaitLog("Shutting down on the shutdown of the JVM");
			assertThat(service.get("/hello").status()).isEqualTo(200);
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("its longest time was over");
			assertThat(service.log().indexOf("Drained in")).isLessThan(service.log().indexOf("A bean is destroyed"));
		}
	}

	@Test
	@Tag("full")
	void anotherSignalHandlerIsAWarningAndTheDelayIsThere() {
		try (Service service = start("--app.other-signal-handler=true",
				"--pod-lifecycle.shutdown.propagation.mode=fixed", "--pod-lifecycle.shutdown.propagation.max=2s")
			.awaitReady()) {
			service.awaitLog("SIGTERM does not reach the library");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("its longest time was over");
		}
	}

	@Test
	void anApplicationThatNothingClosesIsAWarning() {
		try (Service service = start("--spring.main.register-shutdown-hook=false").awaitReady()) {
			service.awaitLog("Nothing closes the application context on SIGTERM");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
		}
	}

	@Test
	@Tag("full")
	void twoApplicationsInOneJvmShutDownAndThenTheSignalIsForwarded() {
		try (Service service = Service.startApplication(TwoApplications.class, Service.onKubernetes(),
				Server.TOMCAT.classPath(), "--pod-lifecycle.shutdown.propagation.mode=fixed",
				"--pod-lifecycle.shutdown.propagation.max=2s")) {
			service.awaitLog("Both are there");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.log().split("Draining after", -1)).hasSize(3);
			assertThat(service.log().split("trigger: SIGTERM, exit code: 143", -1)).hasSize(3);
		}
	}

	/** By Spring Cloud, within the JVM. */
	@Test
	@Tag("full")
	void anApplicationThatIsRestartedShutsDownOnSigtermToo() throws Exception {
		String classPath = SetUpJars.addTo(Server.TOMCAT.classPath(), "spring-cloud-context", "spring-security-crypto");
		try (Service service = Service
			.startApplication(ServiceApplication.class, Service.onKubernetes(), classPath,
					"--management.endpoints.web.exposure.include=health,restart",
					"--management.endpoint.restart.access=unrestricted", "--pod-lifecycle.shutdown.propagation.max=2s")
			.awaitReady()) {
			HttpRequest restart = HttpRequest.newBuilder(service.uri("/actuator/restart"))
				.POST(HttpRequest.BodyPublishers.noBody())
				.build();
			HttpClient.newHttpClient().send(restart, HttpResponse.BodyHandlers.discarding());
			service.awaitLog("Shutting down on the close of the application context");
			// Until the context is closed readiness is refused.
			service.awaitReady();
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.log()).containsOnlyOnce("Shutting down on SIGTERM")
				.containsOnlyOnce("trigger: SIGTERM, exit code: 143");
		}
	}

	@Test
	@Tag("full")
	void aProcessWithoutFilesEndsAsInPlainBoot() throws IOException {
		Path java = ResourceLimit.javaHome(this.directory, "prlimit --nofile=600:600");
		assertEndsAsInPlainBoot("files", () -> Service.onKubernetes().javaHome(java));
	}

	@Test
	@Tag("full")
	@Timeout(value = 6, unit = TimeUnit.MINUTES)
	void aProcessWithoutHeapEndsAsInPlainBoot() {
		for (String library : List.of("--pod-lifecycle.enabled=true", OFF)) {
			assertThat(timeToEndExhausted("heap", Service.onKubernetes(), library)).isLessThan(LONG_GRACE_PERIOD);
		}
	}

	/** Root is exempt from the limit, so another user runs it. */
	@Test
	void aProcessWithOneThreadSlotLeftEndsAsInPlainBoot() throws IOException {
		Path java = ResourceLimit.javaHome(this.directory, 65534);
		assertEndsAsInPlainBoot("threads",
				() -> Service.onKubernetes().javaHome(java).jvmOption(ResourceLimit.JVM_OPTION));
	}

	/**
	 * With the same exit code, and at most a second later. What else the machine does may
	 * cost a process a second, but not one of each pair.
	 */
	private static void assertEndsAsInPlainBoot(String resource, Supplier<AppProcessBuilder> builder) {
		List<Duration> later = new ArrayList<>();
		do {
			Duration without = timeToEndExhausted(resource, builder.get(), OFF);
			later.add(timeToEndExhausted(resource, builder.get(), "--pod-lifecycle.enabled=true").minus(without));
		}
		while (later.size() < MOST_PAIRS && later.get(later.size() - 1).compareTo(Duration.ofSeconds(1)) > 0);
		assertThat(later).anySatisfy((each) -> assertThat(each).isLessThanOrEqualTo(Duration.ofSeconds(1)));
	}

	private static Duration timeToEndExhausted(String resource, AppProcessBuilder builder, String library) {
		try (Service service = Service.start(builder, ServiceApplication.class, Server.TOMCAT.classPath(),
				FreePort.next(), Hostile.SOURCE, NO_DELAY, "--app.exhaust=" + resource,
				"--pod-lifecycle.shutdown.grace-period=" + LONG_GRACE_PERIOD.toSeconds(), library)) {
			service.awaitLog("Resource is exhausted");
			return timeToEnd(service, 143);
		}
	}

	private static Service start(String... arguments) {
		return Service
			.startOnKubernetes(Stream.concat(Stream.of(Hostile.SOURCE), Stream.of(arguments)).toArray(String[]::new));
	}

	private static Duration timeToEnd(Service service, int exitCode) {
		long start = System.nanoTime();
		assertThat(service.terminate().awaitExit(LONG_GRACE_PERIOD)).isEqualTo(exitCode);
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
