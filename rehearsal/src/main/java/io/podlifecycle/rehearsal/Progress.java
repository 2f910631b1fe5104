package io.podlifecycle.rehearsal;

import java.time.Duration;

/**
 * How far a rehearsal is. Immutable.
 *
 * @param at when, counted from the start of the rehearsal
 * @param step what is done at the moment, in words
 * @param ready how many pods are ready
 * @param pods how many pods there are that are not terminated
 * @param requests how many requests are over
 * @param failed how many of them failed
 * @since 0.1.0
 */
public record Progress(Duration at, String step, int ready, int pods, long requests, long failed) {
}
