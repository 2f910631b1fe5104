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
import org.jspecify.annotations.Nullable;

/**
 * What became of one life.
 *
 * @param scenario the life
 * @param hurried whether it was sent a signal that ends every wait
 * @param timeToEnd from SIGTERM until the process was gone
 * @param exitCode its exit code
 * @param requests how many requests the clients sent
 * @param toThePod how many of them the application got
 * @param failures what failed without having been ended by that signal
 * @param log the log of the application
 */
record ChaosOutcome(ChaosScenario scenario, boolean hurried, Duration timeToEnd, int exitCode, long requests,
		long toThePod, List<Failure> failures, String log) {

	private static final Pattern DIED = Pattern
		.compile("Exception in thread \"(?:pod-lifecycle|SpringApplicationShutdownHook)");

	private static final Pattern WARNING = Pattern.compile(" (?:WARN|ERROR) .*LoggingShutdownListener");

	static ChaosOutcome of(ChaosScenario scenario, @Nullable Instant hurriedAt, Duration timeToEnd, int exitCode,
			List<LoadResult> results, long elsewhere, String log) {
		long requests = results.stream().mapToLong(LoadResult::requests).sum();
		List<Failure> failures = results.stream().flatMap((result) -> failuresBefore(hurriedAt, result)).toList();
		return new ChaosOutcome(scenario, hurriedAt != null, timeToEnd, exitCode, requests, requests - elsewhere,
				failures, log);
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
		if (!exitCodes().contains(this.exitCode)) {
			violations.add("exit code " + this.exitCode + " instead of one of " + exitCodes());
		}
		if (!this.failures.isEmpty()) {
			violations.add(this.failures.size() + " requests failed: " + this.failures.stream().limit(5).toList());
		}
		violations.addAll(threadsLeft());
		this.log.lines().filter((line) -> DIED.matcher(line).find()).forEach(violations::add);
		// A signal that ends every wait may cut work off, and then there is a warning.
		this.log.lines().filter((line) -> !this.hurried && WARNING.matcher(line).find()).forEach(violations::add);
		return violations;
	}

	/** Before the supervisor is installed the JVM may handle the second signal first. */
	private Set<Integer> exitCodes() {
		FurtherSignal further = this.scenario.further();
		boolean early = this.scenario.moment() == Moment.START;
		return (early && further != null && further.name().equals("INT")) ? Set.of(143, 130) : Set.of(143);
	}

	/** Before there is a context nothing is closed: the JVM ends as it is. */
	private List<String> threadsLeft() {
		if (!this.log.contains("Drained in")) {
			return List.of();
		}
		String expected = ChaosApplication.THREADS_LEFT + "[]";
		return this.log.lines().anyMatch(expected::equals) ? List.of()
				: List.of(this.log.lines()
					.filter((line) -> line.startsWith(ChaosApplication.THREADS_LEFT))
					.findFirst()
					.orElse("it did not tell which threads were left"));
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%s: ended after %.1f s, exit %d, %d requests, %d of them to it, %d failed",
				this.scenario, this.timeToEnd.toMillis() / 1000.0, this.exitCode, this.requests, this.toThePod,
				this.failures.size());
	}

}
