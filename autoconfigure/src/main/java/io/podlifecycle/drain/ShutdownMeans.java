package io.podlifecycle.drain;

import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Ticker;

/**
 * With what an application leaves. Immutable.
 *
 * @param settings how to leave
 * @param readiness is refused when the settings say so
 * @param work what is in flight and what arrives
 * @param participants who takes part
 * @param listener is told how it goes on
 * @param ticker the source of time
 * @param poller waits
 */
record ShutdownMeans(ShutdownSettings settings, Readiness readiness, ObservedWork work, Participants participants,
		ShutdownListener listener, Ticker ticker, Poller poller) {
}
