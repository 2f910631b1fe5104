package io.podlifecycle.rehearsal.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.process.LogLine;

/**
 * Tells in plain text what was seen in a rehearsal.
 *
 * @since 0.1.0
 */
public final class RolloutText {

	private final Rollout rollout;

	private RolloutText(Rollout rollout) {
		this.rollout = rollout;
	}

	/**
	 * Creates the teller of a rollout.
	 * @param rollout what was seen
	 * @return the teller
	 */
	public static RolloutText of(Rollout rollout) {
		return new RolloutText(rollout);
	}

	/**
	 * Returns how many requests failed, and in which way.
	 * @return one line
	 */
	public String requests() {
		String kinds = this.rollout.load()
			.failuresByKind()
			.entrySet()
			.stream()
			.map((entry) -> entry.getValue() + " " + entry.getKey())
			.collect(Collectors.joining(", ", " (", ")"));
		return this.rollout.load().failed() + " of " + this.rollout.load().requests() + " requests failed"
				+ ((this.rollout.load().failed() > 0) ? kinds : "");
	}

	/**
	 * Returns the first failures: when, which client, what, and how much its connection
	 * had carried before.
	 * @param count how many of them
	 * @return a line for each, and one for the others; empty if none failed
	 */
	public String failures(int count) {
		List<Failure> failures = this.rollout.load().failures();
		String text = failures.stream().limit(count).map(this::line).collect(Collectors.joining("\n"));
		long more = this.rollout.load().failed() - Math.min(count, failures.size());
		return (more > 0) ? text + "\n  and " + more + " more" : text;
	}

	private String line(Failure failure) {
		int before = failure.requestsBeforeOnThisConnection();
		return "  " + seconds(this.rollout.loadStartedAt().plus(failure.at())) + "  " + failure.client() + "  "
				+ failure.kind() + "  " + failure.detail() + "  "
				+ ((before == 0) ? "(new connection)" : "(after " + before + " requests on its connection)");
	}

	/**
	 * Returns the lives of the pods, each with the last lines of its log.
	 * @param logLines how many lines of each log
	 * @return some lines
	 */
	public String pods(int logLines) {
		return this.rollout.pods().stream().map((pod) -> pod(pod, logLines)).collect(Collectors.joining("\n"));
	}

	/**
	 * Returns the life of one pod, with the last lines of its log.
	 * @param pod the pod
	 * @param logLines how many lines of its log
	 * @return some lines
	 */
	public static String pod(PodLife pod, int logLines) {
		String events = pod.events()
			.stream()
			.map((event) -> event.kind() + " at " + seconds(event.at())
					+ (event.detail().isEmpty() ? "" : " (" + event.detail() + ")"))
			.collect(Collectors.joining(", "));
		List<LogLine> log = pod.log();
		String lines = log.subList(Math.max(0, log.size() - logLines), log.size())
			.stream()
			.map((line) -> "\n      | " + line.text())
			.collect(Collectors.joining());
		return "  " + pod.name() + ": " + events + lines;
	}

	/**
	 * Returns a time as seconds with one decimal.
	 * @param time the time
	 * @return the text, such as {@code 12.3 s}
	 */
	public static String seconds(Duration time) {
		return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
	}

}
