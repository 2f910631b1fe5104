package io.podlifecycle.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;
import io.podlifecycle.shutdown.SupervisedApplication;
import org.jspecify.annotations.Nullable;

/**
 * What became of one life.
 *
 * @param scenario the life
 * @param hurried whether it was sent a signal that ends every wait
 * @param timeToEnd from SIGTERM until the process had ended
 * @param exitCode its exit code
 * @param requests how many requests the clients sent
 * @param toThePod how many of them the application got
 * @param failures what failed without having been ended by that signal
 * @param log the log of the application
 * @param report its termination message
 */
record ChaosOutcome(ChaosScenario scenario, boolean hurried, Duration timeToEnd, int exitCode, long requests,
		long toThePod, List<Failure> failures, String log, TerminationMessage report) {

	private static final Pattern DIED = Pattern
		.compile("Exception in thread \"(?:pod-lifecycle|SpringApplicationShutdownHook)");

	private static final Pattern STARTED = Pattern.compile("Application run failed|Started \\S*Application in ");

	private static final Pattern WARNING = Pattern.compile(" (?:WARN|ERROR) .*LoggingShutdownListener");

	static ChaosOutcome of(ChaosScenario scenario, @Nullable Instant hurriedAt, Duration timeToEnd, int exitCode,
			List<LoadResult> results, long elsewhere, String log, TerminationMessage report) {
		long requests = results.stream().mapToLong(LoadResult::requests).sum();
		List<Failure> failures = results.stream().flatMap((result) -> failuresBefore(hurriedAt, result)).toList();
		return new ChaosOutcome(scenario, hurriedAt != null, timeToEnd, exitCode, requests, requests - elsewhere,
				failures, log, report);
	}

	private static Stream<Failure> failuresBefore(@Nullable Instant hurriedAt, LoadResult result) {
		return result.failures()
			.stream()
			.filter((failure) -> hurriedAt == null || result.startedAt().plus(failure.at()).isBefore(hurriedAt));
	}

	/**
	 * Return what must not be. That it ended within its grace period is known already.
	 * @return a line for each violation
	 */
	List<String> violations() {
		List<String> violations = new ArrayList<>();
		if (!this.scenario.exitCodes().contains(this.exitCode)) {
			violations.add("exit code " + this.exitCode + " instead of one of " + this.scenario.exitCodes());
		}
		if (!this.failures.isEmpty()) {
			violations.add(this.failures.size() + " requests failed: " + this.failures.stream().limit(5).toList());
		}
		violations.addAll(threadsLeft());
		this.report.exitCode()
			.filter((code) -> code != this.exitCode)
			.map((code) -> "the report says: exit code " + code)
			.ifPresent(violations::add);
		this.log.lines().filter((line) -> DIED.matcher(line).find()).forEach(violations::add);
		// A signal that ends every wait may cut work off, and then there is a warning.
		boolean warned = this.hurried || this.scenario.kind().isWarnedOf();
		this.log.lines().filter((line) -> !warned && WARNING.matcher(line).find()).forEach(violations::add);
		this.log.lines().filter(this::isOfAStartThatGoesOn).forEach(violations::add);
		return violations;
	}

	/**
	 * Before the supervisor is installed, the start fails as in plain Boot. Jetty logs
	 * that its parts are started before it opens a port.
	 */
	private boolean isOfAStartThatGoesOn(String line) {
		return switch (this.scenario.kind()) {
			case SLOW_BEAN, HANGING_BEAN -> STARTED.matcher(line).find();
			default -> this.scenario.moment() != Moment.START && line.contains("Application run failed");
		};
	}

	/**
	 * Before there is a context nothing is closed: the JVM ends as it is. So it does
	 * without a thread to close the context on, and when it is halted.
	 */
	private List<String> threadsLeft() {
		if (!this.log.contains("Drained in") || this.scenario.kind() == ChaosKind.ONE_THREAD_SLOT
				|| this.exitCode == SupervisedApplication.OVERDUE) {
			return List.of();
		}
		return this.log.lines()
			.filter((line) -> line.startsWith(ChaosApplication.THREADS_LEFT))
			.findFirst()
			.map((line) -> expectedThreads().contains(line.substring(ChaosApplication.THREADS_LEFT.length()))
					? List.<String>of() : List.of(line))
			.orElse(List.of("it did not tell which threads were left"));
	}

	private Set<String> expectedThreads() {
		if (!this.scenario.kind().isHostileListener()) {
			return Set.of("[]");
		}
		String blocked = "[pod-lifecycle-shutdown-task]";
		// Before the application is ready Boot may have called the listener.
		return this.scenario.moment().isServing() ? Set.of(blocked) : Set.of(blocked, "[]");
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%s: ended after %.1f s, exit %d, %d requests, %d of them to it, %d failed",
				this.scenario, this.timeToEnd.toMillis() / 1000.0, this.exitCode, this.requests, this.toThePod,
				this.failures.size());
	}

}
