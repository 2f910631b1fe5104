package io.podlifecycle.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.podlifecycle.drain.DrainReport;
import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.drain.Phase;
import io.podlifecycle.drain.PhaseTime;
import io.podlifecycle.drain.ReportText;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.drain.ShutdownReport;
import io.podlifecycle.drain.WorkTotals;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.report.JsonReport;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rehearsal reads what the library writes: they share no code, but must agree. That
 * it knows the wait from a real log is in {@link DocumentedCommandsIntegrationTests}.
 */
class RehearsalReportTests {

	@TempDir
	private Path directory = Path.of(".");

	@Test
	void aRehearsalKnowsOfNoWaitFromALogWithoutOne() throws IOException {
		assertThat(phases("", List.of("Started"))).doesNotContain("\"kind\":\"WAITING\"");
	}

	@Test
	void aRehearsalKnowsTheLeaveFromTheTerminationMessage() throws IOException {
		DrainReport drain = new DrainReport(Trigger.SIGTERM, Propagation.QUIET,
				List.of(new PhaseTime(Phase.PROPAGATION, Duration.ZERO, Duration.ofSeconds(3)),
						new PhaseTime(Phase.DRAIN, Duration.ofSeconds(3), Duration.ofSeconds(1)),
						new PhaseTime(Phase.CLOSE, Duration.ofSeconds(4), Duration.ofSeconds(1))),
				new WorkTotals(1, 2, 0, List.of()), 1, 0, List.of(), List.of());
		List<String> lines = ReportText.lines(new ShutdownReport(drain, Duration.ofSeconds(5), 143, List.of()));
		assertThat(phases(String.join("\n", lines), List.of())).contains(
				"{\"kind\":\"QUIESCING\",\"fromMs\":70000,\"toMs\":74000}",
				"{\"kind\":\"DRAINING\",\"fromMs\":74000,\"toMs\":75000}",
				"{\"kind\":\"CLOSING\",\"fromMs\":75000,\"toMs\":76000}");
	}

	private String phases(String terminationMessage, List<String> log) throws IOException {
		PodLife pod = new PodLife("app-1", 1,
				List.of(event(0, Kind.CREATED), event(0, Kind.STARTED), event(60, Kind.READY), event(70, Kind.DELETED),
						event(71, Kind.SIGTERM), event(76, Kind.EXITED)),
				143, 0, terminationMessage,
				log.stream().map((line) -> new LogLine(Instant.EPOCH.plusSeconds(50), line)).toList());
		LoadResult load = new LoadResult(Instant.EPOCH, Duration.ZERO, 0, 0, Map.of(), List.of(), Duration.ZERO,
				Duration.ZERO, Duration.ZERO);
		Path file = this.directory.resolve("rollout.json");
		new JsonReport().write(List.of(new Rollout("start and end", Instant.EPOCH, Duration.ofSeconds(80), Map.of(),
				List.of(pod), List.of(), Duration.ZERO, load, List.of())), file);
		return Files.readString(file);
	}

	private static PodEvent event(long seconds, Kind kind) {
		return new PodEvent(Duration.ofSeconds(seconds), kind, "");
	}

}
