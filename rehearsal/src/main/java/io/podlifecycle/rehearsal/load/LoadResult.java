package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.podlifecycle.rehearsal.load.Failure.Kind;

/**
 * What the clients of a load saw. Immutable.
 *
 * @param startedAt when the load began, wall time
 * @param duration from the start until the last client had ended
 * @param requests the requests that are over, failed ones included
 * @param connections the connections that were opened
 * @param failuresByKind how many requests failed in which way; kinds that did not occur
 * are absent
 * @param failures the failures in their order, the first 10,000 of them
 * @param p50 the median latency of the requests that were answered, whatever the status;
 * at most 0.1 % too high; zero if there were none
 * @param p99 the 99th percentile of the same, with the same precision
 * @param max the longest of the same, with the same precision
 * @param clients the same for each sort of clients, in the order in which they were added
 * @since 0.1.0
 */
public record LoadResult(Instant startedAt, Duration duration, long requests, long connections,
		Map<Kind, Long> failuresByKind, List<Failure> failures, Duration p50, Duration p99, Duration max,
		List<ClientsResult> clients) {

	/**
	 * Copies the collections.
	 */
	public LoadResult {
		Map<Kind, Long> ordered = new EnumMap<>(Kind.class);
		ordered.putAll(failuresByKind);
		failuresByKind = Collections.unmodifiableMap(ordered);
		failures = List.copyOf(failures);
		clients = List.copyOf(clients);
	}

	/**
	 * Creates a result that does not tell the sorts of clients apart.
	 * @param startedAt when the load began
	 * @param duration how long it took
	 * @param requests the requests that are over
	 * @param connections the connections that were opened
	 * @param failuresByKind how many requests failed in which way
	 * @param failures the failures
	 * @param p50 the median latency
	 * @param p99 the 99th percentile
	 * @param max the longest latency
	 */
	public LoadResult(Instant startedAt, Duration duration, long requests, long connections,
			Map<Kind, Long> failuresByKind, List<Failure> failures, Duration p50, Duration p99, Duration max) {
		this(startedAt, duration, requests, connections, failuresByKind, failures, p50, p99, max, List.of());
	}

	/**
	 * Returns how many requests failed.
	 * @return the number of all failures, those beyond the kept ones included
	 */
	public long failed() {
		return this.failuresByKind.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Returns how many requests failed in one way.
	 * @param kind the way
	 * @return the number, 0 or more
	 */
	public long failed(Kind kind) {
		return this.failuresByKind.getOrDefault(kind, 0L);
	}

	/**
	 * Returns the result on one line, without the single failures.
	 */
	@Override
	public String toString() {
		return String.format(Locale.ROOT,
				"%d requests on %d connections in %.1f s, %d failed %s, latency p50 %.1f ms, p99 %.1f ms, max %.1f ms",
				this.requests, this.connections, this.duration.toMillis() / 1000.0, failed(), this.failuresByKind,
				millis(this.p50), millis(this.p99), millis(this.max));
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1_000_000.0;
	}

}
