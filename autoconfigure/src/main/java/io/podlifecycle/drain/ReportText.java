package io.podlifecycle.drain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.podlifecycle.time.DurationText;

/**
 * A report in words, the most important first: what follows may be cut off.
 *
 * @since 0.1.0
 */
public final class ReportText {

	private ReportText() {
	}

	/**
	 * Write a report.
	 * @param report the report
	 * @return its lines; the first sums up
	 */
	public static List<String> lines(ShutdownReport report) {
		DrainReport drain = report.drain();
		List<String> lines = new ArrayList<>();
		lines.add(headline(report));
		report.hanging().forEach((line) -> lines.add("hangs: " + line));
		lines.add(work(drain.work()));
		drain.problems().forEach((line) -> lines.add("problem: " + line));
		lines.add("phases: " + phases(drain));
		lines.add("connections: " + drain.connectionsAtStart() + " at the start, " + drain.connectionsLeft()
				+ " left open");
		drain.participants()
			.stream()
			.filter((participant) -> participant.inFlight() > 0 || !participant.outcome().isEmpty())
			.forEach((participant) -> lines.add("participant: " + participant(participant)));
		drain.work().oldest().forEach((work) -> lines.add("in flight: " + work(work)));
		return lines;
	}

	private static String headline(ShutdownReport report) {
		String cause = String.valueOf(report.drain().cause());
		String elapsed = DurationText.seconds(report.elapsed());
		if (!report.isOver()) {
			return "Shutting down on " + cause + " for " + elapsed;
		}
		return "Gone " + elapsed + " after " + cause
				+ ((report.exitCode() != null) ? ", exit code " + report.exitCode() : ", by another exit of the JVM");
	}

	private static String work(WorkTotals work) {
		return "work: " + work.inFlightAtStart() + " in flight at the start, " + work.arrived() + " arrived since, "
				+ work.inFlight() + " not finished";
	}

	private static String participant(ParticipantLoad participant) {
		return participant.name() + " has " + participant.inFlight() + " left"
				+ (participant.outcome().isEmpty() ? "" : ", " + participant.outcome());
	}

	private static String phases(DrainReport drain) {
		String phases = drain.phases()
			.stream()
			.map((time) -> time.phase() + " " + DurationText.seconds(time.time()))
			.collect(Collectors.joining(", "));
		return (phases.isEmpty() ? "" : phases + ", ") + drain.propagation();
	}

	private static String work(WorkSnapshot work) {
		return work.description() + " for " + DurationText.seconds(work.age())
				+ (work.stack().isEmpty() ? "" : ", at " + work.stack().get(0));
	}

	/**
	 * Cut a text off at a number of bytes in UTF-8, between two characters.
	 * @param text the text
	 * @param limit the most bytes
	 * @return the text, or its beginning
	 */
	public static byte[] cut(String text, int limit) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (bytes.length <= limit) {
			return bytes;
		}
		int end = limit;
		while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
			end--;
		}
		return Arrays.copyOf(bytes, end);
	}

}
