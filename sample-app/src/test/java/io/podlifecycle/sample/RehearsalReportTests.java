package io.podlifecycle.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.report.JsonReport;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.report.Phase;
import io.podlifecycle.report.PhaseTime;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ReportData;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.report.WorkTotals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.json.JsonWriter;

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
		List<PhaseTime> phases = List.of(new PhaseTime(Phase.QUIESCE, Duration.ZERO, Duration.ofSeconds(1)),
				new PhaseTime(Phase.PROPAGATION, Duration.ofSeconds(1), Duration.ofSeconds(2)),
				new PhaseTime(Phase.DRAIN, Duration.ofSeconds(3), Duration.ofSeconds(1)),
				new PhaseTime(Phase.CLOSE, Duration.ofSeconds(4), Duration.ofSeconds(1)));
		ShutdownReport report = new ShutdownReport(Trigger.SIGTERM, Status.COMPLETED, 143, Duration.ofSeconds(5),
				Propagation.QUIET, phases, new WorkTotals(1, 2, 0, List.of()), 1, 0, List.of(), List.of(), List.of());
		String message = JsonWriter.standard().writeToString(ReportData.of(report));
		assertThat(phases(message, List.of())).contains("{\"kind\":\"QUIESCING\",\"fromMs\":70000,\"toMs\":74000}",
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
