package io.podlifecycle.rehearsal.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class RehearseCommandIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(90);

	private static final String FAST = "--readiness /readyz --probe-period 200ms --probe-timeout 5s --lag 300ms"
			+ " --jvm -XX:TieredStopAtLevel=1 --keep-alive-pause 100ms --fresh-pause 20ms";

	/** Another build on this machine has some, too. */
	private static final String OWN_WORKPLACE = "app-\\d+-of-" + ProcessHandle.current().pid() + "-.*";

	private static final Path FULL = Path.of("/dev/full");

	/** The application of the tests of the rehearsal itself. */
	static final Path APP_CLASSES = Path.of("..", "rehearsal", "target", "test-classes").toAbsolutePath();

	static final String APP = "io.podlifecycle.rehearsal.App";

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	private Path directory = Path.of(".");

	private final Set<Path> workplacesBefore = workplaces();

	@AfterEach
	void nothingIsLeftBehind() {
		assertThat(ProcessHandle.current().children()).isEmpty();
		assertThat(this.workplacesBefore).containsAll(workplaces());
	}

	@Test
	void comparesTheAppWithAndWithoutTheLibraryAndWritesBoth() throws IOException {
		Path file = this.directory.resolve("rollout.json");
		Path page = this.directory.resolve("rollout.html");
		Path junit = this.directory.resolve("TEST-rehearsal.xml");
		Path summary = this.directory.resolve("summary.md");
		int code = run(app("--compare --advise --replicas 1 --json " + file + " --report " + page + " --junit-xml "
				+ junit + " --markdown " + summary + " " + FAST, "--leave=9000"));
		assertThat(text(this.err)).isEmpty();
		assertThat(code).isZero();
		JsonNode rollouts = JsonMapper.shared().readTree(Files.readString(file)).get("rollouts");
		assertThat(rollouts).hasSize(2);
		long failed = rollouts.get(0).get("load").get("failed").asLong();
		assertThat(failed).isPositive();
		assertThat(rollouts.get(1).get("load").get("failed").asLong()).isZero();
		assertThat(rollouts.get(0).get("settings").get("pod-lifecycle.enabled").asString()).isEqualTo("false");
		assertThat(page).content().contains("Without the library", "With the library");
		assertThat(junit).content().contains("failures=\"0\"", "name=\"rolling update of 1 replica\"");
		assertThat(summary).content().contains("| failed | " + failed + " | 0 |");
		assertThat(text(this.out)).contains("app-1  READY", "new connections go to [app-1, app-2]")
			.containsPattern("rolling update of 1 replica +without +with\\R")
			.containsPattern("failed +" + failed + " +0\\R")
			.contains("The first failures without the library:", "Written: " + file, "Written: " + page,
					"Termination message of app-1:", "  good bye")
			.contains("What follows for the settings:", "  pod-lifecycle.shutdown.propagation.max: 10s")
			.doesNotContain("\r", "exit code 137");
	}

	@Test
	@Tag("full")
	void aDependencyThatMovesStandsWhereThePlaceholderIs() throws IOException {
		try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			int code = run(app("--scenario dependency-moved --away 2s --replicas 1 --dependency 127.0.0.1:"
					+ target.getLocalPort() + " --jvm -Dsun.net.inetaddr.ttl=-1 " + FAST, "--uses={dependency}"));
			assertThat(text(this.err)).isEmpty();
			// It remembers the old address.
			assertThat(code).isEqualTo(1);
			assertThat(text(this.out)).contains("move of a dependency of 1 replica to another address", "STATUS");
		}
	}

	@Test
	void exitsWith69WhenTheDependencyIsNotThere() {
		int code = run(
				app("--scenario dependency-lost --replicas 1 --dependency 127.0.0.1:" + FreePort.next() + " " + FAST,
						"--uses={dependency}"));
		assertThat(code).isEqualTo(69);
		assertThat(text(this.err)).contains("Nobody listens", "start that first");
	}

	@Test
	void exitsWith1WhenRequestsFailedAndShowsThem() {
		Path junit = this.directory.resolve("TEST-rehearsal.xml");
		assertThat(run(app("--scenario oom-kill --replicas 1 --junit-xml " + junit + " " + FAST, "--leave=9000")))
			.isEqualTo(1);
		assertThat(junit).content().contains("failures=\"1\"", "requests failed (");
		assertThat(text(this.out)).contains("The first failures:").containsPattern("restarts +1\\R");
	}

	@Test
	void exitsWith69WhenTheAppDoesNotStart() {
		assertThat(run(app(FAST, "--exit=3"))).isEqualTo(69);
		assertThat(text(this.err)).contains("exit code 3", "I cannot start").doesNotContain("\tat ");
	}

	@Test
	@Tag("full")
	void aProbePathThatIsWrongIsNamedWithItsAnswer() {
		assertThat(run(app("--readiness /wrong --start-timeout 15s --probe-timeout 5s", "--leave=100"))).isEqualTo(69);
		assertThat(text(this.err)).contains("/wrong: status 404", "started on port");
	}

	@Test
	@Tag("full")
	void aStartupProbeThatGivesUpIsNamedWithItsAnswer() {
		assertThat(run(app("--startup /wrong --probe-period 100ms", "--leave=100"))).isEqualTo(69);
		assertThat(text(this.err)).contains("A probe gave a process up: startup: GET /wrong: status 404",
				"exit code 143");
	}

	@Test
	void aPodThatIsNeverReadyIsNamedWithItsLastLines() {
		assertThat(run(app("--start-timeout 8s " + FAST, "--never-ready"))).isEqualTo(69);
		assertThat(text(this.err)).contains("Waited 8 s in vain for all pods to be ready", "Pod app-1", "Pod app-2",
				"/readyz: status 503", "started on port");
	}

	@Test
	void aPortThatIsTakenIsNamed() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(run(app("--port " + taken.getLocalPort() + " " + FAST, "--leave=100"))).isEqualTo(69);
			assertThat(text(this.err)).contains("port " + taken.getLocalPort(), "Choose another port")
				.doesNotContain("\tat ");
		}
	}

	@Test
	void aJarThatIsNoneIsReportedWithWhatJavaSays() throws IOException {
		Path jar = Files.writeString(this.directory.resolve("no.jar"), "no jar");
		assertThat(run(List.of("rehearse", jar.toString()))).isEqualTo(69);
		assertThat(text(this.err)).contains("exit code 1", "no.jar");
	}

	@Test
	void whenAFileCannotBeWrittenExitsWith74() {
		assumeTrue(Files.exists(FULL), "There is no " + FULL);
		assertThat(run(app("--replicas 1 --scenario pod-deletion --json " + FULL + " " + FAST, "--leave=100")))
			.isEqualTo(74);
		assertThat(text(this.err)).contains(FULL + " could not be written: ").doesNotContain("\tat ");
	}

	@Test
	void onCtrlCEndsAllProcessesAndLeavesNothingBehind() throws IOException {
		assumeTrue(AppProcess.canReceive("INT"), "SIGINT is ignored here, and env cannot reset it");
		assertEndsAllProcesses("INT", 130, "--never-ready", "app-2  STARTED");
	}

	@Test
	@Tag("full")
	void onSigtermEndsAllProcessesAndLeavesNothingBehind() throws IOException {
		assertEndsAllProcesses("TERM", 143, "--ignore-sigterm", "app-1  SIGTERM");
	}

	private void assertEndsAllProcesses(String signal, int exitCode, String manners, String moment) throws IOException {
		List<String> arguments = app("--start-timeout 5m " + FAST, "--ignore-sigterm", manners);
		try (AppProcess command = AppProcess.builder()
			.environment("JAVA_TOOL_OPTIONS", null)
			.jvmOption("-Djava.io.tmpdir=" + this.directory)
			.mainClass(RehearsalCommandLine.class.getName())
			.argument(arguments.toArray(String[]::new))
			.start()) {
			command.awaitLog(moment, LONG);
			List<ProcessHandle> pods = ProcessHandle.of(command.pid()).orElseThrow().descendants().toList();
			assertThat(pods).hasSizeGreaterThanOrEqualTo(2);
			command.signal(signal);
			assertThat(command.awaitExit(LONG)).isEqualTo(exitCode);
			assertThat(pods).noneMatch(ProcessHandle::isAlive);
			assertThat(command.log()).extracting(LogLine::text)
				.contains("Interrupted: the rehearsal is not complete. All its processes have ended.");
			try (var left = Files.list(this.directory)) {
				assertThat(left).noneMatch((file) -> file.getFileName().toString().startsWith("app-"));
			}
		}
	}

	private int run(List<String> arguments) {
		return RehearsalCommandLine.run(arguments, writer(this.out), writer(this.err), false,
				(rehearsal) -> rehearsal.calm(Duration.ofMillis(500)));
	}

	private static PrintWriter writer(ByteArrayOutputStream stream) {
		return new PrintWriter(stream, true, StandardCharsets.UTF_8);
	}

	private static List<String> app(String options, String... arguments) {
		List<String> all = new ArrayList<>(
				List.of("rehearse", "--main-class", APP, "--class-path", APP_CLASSES.toString()));
		all.addAll(List.of(options.split(" ")));
		all.add("--");
		all.addAll(List.of(arguments));
		return all;
	}

	private static Set<Path> workplaces() {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().matches(OWN_WORKPLACE))
				.collect(Collectors.toUnmodifiableSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(ByteArrayOutputStream stream) {
		return stream.toString(StandardCharsets.UTF_8);
	}

}
