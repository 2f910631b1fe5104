package io.podlifecycle.rehearsal.rollout;

import java.time.Duration;

/**
 * What clients got during one short span. Immutable.
 *
 * @param at when the span began, counted from the start of the rehearsal
 * @param length how long it was
 * @param requests the requests that ended in it, failed ones included
 * @param failed the failed ones among them
 * @param p50 the median latency of the answered ones, at most 0.1 % too high; zero if
 * there were none
 * @param p99 the 99th percentile of the same
 * @param max the longest of the same
 * @since 0.1.0
 */
public record LoadSlice(Duration at, Duration length, long requests, long failed, Duration p50, Duration p99,
		Duration max) {
}
