package io.podlifecycle.context;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.drain.DrainReport;
import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.drain.ShutdownCause;
import io.podlifecycle.drain.WorkTotals;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LastWordsTests {

	private final FakeTime time = new FakeTime();

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
	void theLastOfThemAreSpokenWhenAllContextsAreClosed() throws IOException {
		List<Runnable> atTheEnd = new ArrayList<>();
		new LastWords(this.message, this.time, atTheEnd::add).quiescing(report(ShutdownCause.SIGTERM));
		assertThat(Files.readString(this.message)).startsWith("Shutting down on SIGTERM for 0.000 s");
		this.time.pass(Duration.ofSeconds(3));
		assertThat(atTheEnd).hasSize(1);
		atTheEnd.get(0).run();
		assertThat(Files.readString(this.message)).startsWith("Gone 3.000 s after SIGTERM, exit code 143");
	}

	@Test
	void whereTheJvmExitsAlreadyThoseOnTheWayAreSpoken() throws IOException {
		LastWords words = new LastWords(this.message, this.time, (action) -> {
			throw new IllegalStateException("Shutdown in progress");
		});
		words.quiescing(report(ShutdownCause.SIGTERM));
		this.time.pass(Duration.ofSeconds(3));
		words.drained(report(ShutdownCause.SIGTERM));
		assertThat(Files.readString(this.message)).startsWith("Shutting down on SIGTERM for 3.000 s");
	}

	@Test
	void whereTheProcessMayLiveOnThereIsNoEndToSpeakOf() {
		List<Runnable> atTheEnd = new ArrayList<>();
		new LastWords(this.message, this.time, atTheEnd::add).quiescing(report(ShutdownCause.CONTEXT_CLOSED));
		assertThat(atTheEnd).isEmpty();
	}

	private static DrainReport report(ShutdownCause cause) {
		return new DrainReport(cause, Propagation.SKIPPED, List.of(), new WorkTotals(0, 0, 0, List.of()), 0, 0,
				List.of(), List.of());
	}

}
