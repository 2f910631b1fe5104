package io.podlifecycle.dependency;

import java.time.Duration;

import io.podlifecycle.Internal;

/**
 * A dependency that is watched while the application runs. Immutable.
 *
 * @param dependency the dependency
 * @param gate what it holds up; one that the start has waited for is there at first
 * @param period the time between two tries, greater than zero
 * @param failures how many tries in a row have to fail before it counts as lost, 1 or
 * more
 * @param successes how many tries in a row have to succeed before it counts as back, 1 or
 * more
 * @since 0.1.0
 */
@Internal
public record WatchedDependency(Dependency dependency, Gate gate, Duration period, int failures, int successes) {
}
