package io.podlifecycle.boot.shutdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.podlifecycle.boot.TerminationMessageFormat;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.Reports;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.PeerTotals;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import io.podlifecycle.report.ShutdownReport.WorkTotals;
import io.podlifecycle.report.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

class TerminationMessageTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private Path file;

	@BeforeEach
	void mount() throws IOException {
		this.file = Files.createFile(this.directory.resolve("termination-log"));
	}

	@Test
	void asJsonItHasIdsAndMilliseconds() throws IOException {
		assertThat(write(TerminationMessageFormat.JSON, Reports.of(Status.OVERDUE))).isEqualTo("""
				{"status":"overdue","trigger":"pre_stop","phase":"drain","exitCode":70,"elapsed":5262,\
				"propagation":"quiet","hanging":[\
				{"kind":"bean_stop","bean":"one","phase":4711,"thread":"main","stack":["One.stop(One.java:1)"]},\
				{"kind":"application_start","thread":"main","stack":["a","b","c","d"]}],\
				"inFlightAtStart":3,"arrived":120,"inFlight":1,"cutOff":5,"connectionsAtStart":12,"connectionsLeft":2,\
				"peers":3,"peersSending":1,\
				"problems":[{"part":"pre-stop task lease","message":"does not end"}],\
				"phases":[{"name":"quiesce","begin":0,"time":12},{"name":"propagation","begin":12,"time":5000},\
				{"name":"drain","begin":5012,"time":250}],\
				"participants":[{"name":"kafka","inFlight":3,"aborted":0,"outcome":""},\
				{"name":"streams","inFlight":0,"aborted":2,"outcome":"7 ended, 2 cut off"}],\
				"lastPeers":[{"lastSeen":1250,"largestGap":7000}],\
				"oldest":[{"description":"GET /slow","age":23000,"at":"Slow.get(Slow.java:12)"}]}""");
	}

	@ParameterizedTest
	@EnumSource
	void whatDoesNotFitIsLeftOutTheLeastImportantFirst(TerminationMessageFormat format) throws IOException {
		List<WorkSnapshot> oldest = IntStream.range(0, 20)
			.mapToObj((i) -> new WorkSnapshot("GET /" + "€".repeat(100) + i, Duration.ofSeconds(1), List.of()))
			.toList();
		ShutdownReport report = new ShutdownReport(Trigger.SIGTERM, Status.COMPLETED, 143, Duration.ofSeconds(1),
				Propagation.CAP, Reports.of(Status.COMPLETED).phases(), PeerTotals.NONE,
				new WorkTotals(20, 0, 20, oldest), 0, 0, List.of(), List.of(new Problem("task", "failed")), List.of());
		String message = write(format, report);
		assertThat(Files.size(this.file)).isBetween(3000L, 4096L);
		assertThat(message).contains("task", "€0", "€1").doesNotContain("€19");
		if (format == TerminationMessageFormat.JSON) {
			assertThat(JsonParserFactory.getJsonParser().parseMap(message)).containsEntry("trigger", "sigterm");
		}
	}

	@Test
	void aReportThatComesLateDoesNotReplaceThatOfTheEnd() throws IOException {
		TerminationMessage message = new TerminationMessage(this.file, TerminationMessageFormat.JSON);
		message.write(Reports.of(Status.IN_PROGRESS));
		assertThat(Files.readString(this.file)).contains("in_progress");
		message.write(Reports.of(Status.COMPLETED));
		message.write(Reports.of(Status.IN_PROGRESS));
		assertThat(Files.readString(this.file)).contains("completed");
	}

	@Test
	void aLinkIsNotFollowed() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), this.file);
		new TerminationMessage(link, TerminationMessageFormat.JSON).write(Reports.of(Status.COMPLETED));
		assertThat(this.file).isEmptyFile();
	}

	private String write(TerminationMessageFormat format, ShutdownReport report) throws IOException {
		new TerminationMessage(this.file, format).write(report);
		return Files.readString(this.file).replace("\\/", "/");
	}

}
