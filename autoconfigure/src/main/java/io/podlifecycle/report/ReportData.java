package io.podlifecycle.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.podlifecycle.Internal;
import io.podlifecycle.report.ShutdownReport.Hang;
import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import io.podlifecycle.report.ShutdownReport.PeerActivity;
import io.podlifecycle.report.ShutdownReport.PhaseTime;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A report as data for JSON: names, ids and numbers, times in milliseconds. What is not
 * known is left out.
 *
 * @since 0.1.0
 */
@Internal
public final class ReportData {

	private final Map<String, Object> values = new LinkedHashMap<>();

	private ReportData() {
	}

	/**
	 * Return the data of a report.
	 * @param report the report
	 * @return its values by name
	 */
	public static Map<String, Object> of(ShutdownReport report) {
		boolean delayed = report.propagation().hasBegun();
		return new ReportData().with("status", report.status())
			.with("trigger", report.trigger())
			.with("phase", report.phase())
			.with("exitCode", report.exitCode())
			.with("elapsed", report.elapsed().toMillis())
			.with("propagation", report.propagation())
			.with("hanging", report.hanging().stream().map(ReportData::of).toList())
			.with("inFlightAtStart", report.work().inFlightAtStart())
			.with("arrived", report.work().arrived())
			.with("inFlight", report.work().inFlight())
			.with("cutOff", report.cutOff())
			.with("connectionsAtStart", report.connectionsAtStart())
			.with("connectionsLeft", report.connectionsLeft())
			.with("peers", delayed ? report.peers().seen() : null)
			.with("peersSending", delayed ? report.peers().sending() : null)
			.with("problems", report.problems().stream().map(ReportData::of).toList())
			.with("phases", report.phases().stream().map(ReportData::of).toList())
			.with("participants",
					report.participants()
						.stream()
						.filter(ParticipantLoad::isWorthReporting)
						.map(ReportData::of)
						.toList())
			.with("lastPeers", delayed ? report.peers().mostRecent().stream().map(ReportData::of).toList() : null)
			.with("oldest", report.work().oldest().stream().map(ReportData::of).toList()).values;
	}

	private static Map<String, Object> of(Hang hang) {
		return new ReportData().with("kind", hang.kind())
			.with("bean", hang.bean())
			.with("phase", hang.phase())
			.with("thread", hang.thread())
			.with("stack", hang.stack()).values;
	}

	/** Without the address, which may be personal. */
	private static Map<String, Object> of(PeerActivity peer) {
		return new ReportData().with("lastSeen", peer.lastSeen().toMillis())
			.with("largestGap", peer.largestGap().toMillis()).values;
	}

	private static Map<String, Object> of(Problem problem) {
		return new ReportData().with("part", problem.part()).with("message", problem.message()).values;
	}

	private static Map<String, Object> of(PhaseTime time) {
		return new ReportData().with("name", time.phase())
			.with("begin", time.begin().toMillis())
			.with("time", time.time().toMillis()).values;
	}

	private static Map<String, Object> of(ParticipantLoad load) {
		return new ReportData().with("name", load.name())
			.with("inFlight", load.inFlight())
			.with("aborted", load.aborted())
			.with("outcome", load.outcome()).values;
	}

	private static Map<String, Object> of(WorkSnapshot work) {
		List<String> stack = work.stack();
		return new ReportData().with("description", work.description())
			.with("age", work.age().toMillis())
			.with("at", stack.isEmpty() ? null : stack.get(0)).values;
	}

	private ReportData with(String name, @Nullable Object value) {
		if (value != null) {
			this.values.put(name, (value instanceof Identifiable constant) ? constant.id() : value);
		}
		return this;
	}

}
