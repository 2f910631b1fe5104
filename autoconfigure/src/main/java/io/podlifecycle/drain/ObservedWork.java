package io.podlifecycle.drain;

/**
 * What the application is doing for others. Immutable holder of two live counters.
 *
 * @param inFlight the work that was accepted and is not completed
 * @param traffic the requests that arrive
 * @since 0.1.0
 */
public record ObservedWork(InFlight inFlight, Traffic traffic) {
}
