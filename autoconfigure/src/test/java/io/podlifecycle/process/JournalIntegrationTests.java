package io.podlifecycle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is started again and again on the same volume, as a container of a pod
 * is.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class JournalIntegrationTests {

	private static final String LIMIT = "--pod-lifecycle.journal.unclean-limit=2";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path volume;

	@SuppressWarnings("NullAway.Init")
	private Path scratch;

	@BeforeEach
	void resolveLinks() throws IOException {
		this.volume = this.volume.toRealPath();
		this.scratch = this.volume.resolve("scratch");
	}

	@Test
	@Tag("full")
	void theNextStartTellsHowTheLastRunEnded() throws IOException {
		try (Service first = start(journal())) {
			assertThat(first.awaitReady().get("/actuator/info").body()).contains("\"restarts\":0")
				.doesNotContain("lastRun");
			assertThat(first.terminate().awaitExit()).isEqualTo(143);
		}
		try (Service second = start(journal())) {
			assertThat(second.awaitReady().get("/actuator/info").body()).contains("\"restarts\":1",
					"\"uncleanEndsInARow\":0", "\"end\":\"clean\"");
			second.awaitLog("The last run ended clean");
			second.awaitLog("Event: the last run ended clean");
			second.signal("KILL");
			assertThat(second.awaitExit()).isEqualTo(137);
		}
		try (Service third = start(journal(), "--app.destroy-hangs=true", "--pod-lifecycle.shutdown.grace-period=8")) {
			assertThat(third.awaitReady().get("/actuator/info").body()).contains("\"restarts\":2",
					"\"uncleanEndsInARow\":1", "\"end\":\"killed\"", "\"detail\":\"while it was serving\"");
			assertThat(third.terminate().awaitExit()).isEqualTo(70);
		}
		try (Service fourth = start(journal())) {
			fourth.awaitLog("The last run ended halted (at its deadline, exit code 70)");
			fourth.awaitReady().terminate();
			assertThat(fourth.awaitExit()).isEqualTo(143);
		}
		assertThat(Files.readAllLines(this.volume.resolve("journal"))).filteredOn((line) -> line.contains(" clean "))
			.hasSize(2);
	}

	@Test
	void afterTwoCrashesTheScratchDirectoryIsSetAsideAndTheApplicationStarts() throws IOException {
		corrupt();
		for (int i = 0; i < 2; i++) {
			try (Service service = start(journal(), LIMIT)) {
				assertThat(service.awaitExit()).isEqualTo(1);
				assertThat(service.log()).contains("The index is corrupt").doesNotContain("set aside");
			}
		}
		try (Service service = start(journal(), LIMIT)) {
			assertThat(service.awaitReady().get("/actuator/info").body()).contains("\"end\":\"crashed_in_startup\"",
					"IllegalStateException: The index is corrupt", "\"setAside\":[\"" + this.scratch + ".aside-");
			service.awaitLog("After 2 unclean ends in a row");
			service.awaitLog("Event: the last run ended crashed");
			service.awaitLog("aside 1");
		}
		assertThat(this.scratch.resolve("index")).hasContent("fresh");
		assertThat(aside()).singleElement()
			.satisfies((directory) -> assertThat(directory.resolve("index")).hasContent("corrupt"));
	}

	@Test
	void withoutAJournalTheCrashesGoOn() throws IOException {
		corrupt();
		for (int i = 0; i < 3; i++) {
			try (Service service = start(
					new String[] { "--pod-lifecycle.journal.scratch-directories=" + this.scratch, LIMIT })) {
				assertThat(service.awaitExit()).isEqualTo(1);
			}
		}
		assertThat(aside()).isEmpty();
		assertThat(this.scratch.resolve("index")).hasContent("corrupt");
	}

	@Test
	@Tag("full")
	void dependenciesThatAreMissingAreNoReasonToSetAnythingAside() throws IOException {
		Files.createDirectories(this.scratch);
		Files.writeString(this.scratch.resolve("index"), "precious");
		String[] missing = { "--pod-lifecycle.startup.dependencies.nobody=tcp://127.0.0.1:1",
				"--pod-lifecycle.journal.unclean-limit=1" };
		try (Service service = start(journal(), missing[0], missing[1], "--pod-lifecycle.startup.timeout=100ms")) {
			assertThat(service.awaitExit()).isEqualTo(69);
		}
		try (Service service = start(journal(), missing)) {
			service.awaitLog("The last run ended given up in startup (DependenciesMissingException: No answer from");
			service.awaitLog("Waiting for nobody");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
		}
		try (Service service = start(journal(), "--pod-lifecycle.startup.dependencies.index=file:" + this.scratch)) {
			service.awaitLog("The last run ended given up in startup (the JVM was shut down)");
			service.awaitReady();
		}
		assertThat(Files.readAllLines(this.volume.resolve("journal"))).extracting((line) -> line.split(" ", -1)[1])
			.containsExactly("starting", "waiting", "given_up", "starting", "waiting", "given_up", "starting",
					"waiting", "waited", "ready");
		assertThat(aside()).isEmpty();
	}

	@Test
	@Tag("full")
	void aJournalThatCannotBeKeptStopsNoStart() throws IOException {
		Files.createDirectory(this.volume.resolve("journal"));
		try (Service service = start(journal())) {
			assertThat(service.awaitReady().get("/actuator/info").body()).doesNotContain("podLifecycle");
			service.awaitLog("No journal is kept in");
			assertThat(service.log()).contains("WARN");
		}
	}

	private String[] journal() {
		return new String[] { "--pod-lifecycle.journal.file=" + this.volume.resolve("journal"),
				"--pod-lifecycle.journal.scratch-directories=" + this.scratch, "--pod-lifecycle.journal.keep=1" };
	}

	private Service start(String[] journal, String... arguments) {
		String[] common = { ScratchIndex.SOURCE, "--app.scratch=" + this.scratch,
				"--management.endpoints.web.exposure.include=health,info",
				"--pod-lifecycle.shutdown.propagation.when=never" };
		return Service
			.startOnKubernetes(Stream.of(common, journal, arguments).flatMap(Stream::of).toArray(String[]::new));
	}

	private void corrupt() throws IOException {
		Files.createDirectories(this.scratch);
		Files.writeString(this.scratch.resolve("index"), "corrupt");
	}

	private List<Path> aside() throws IOException {
		try (Stream<Path> children = Files.list(this.volume)) {
			return children.filter((child) -> child.getFileName().toString().startsWith("scratch.aside-")).toList();
		}
	}

}
