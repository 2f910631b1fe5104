package io.podlifecycle.rehearsal.load;

import java.time.Duration;

/**
 * What one client does.
 *
 * @param name its name in failures
 * @param keepAlive whether it uses its connection again
 * @param firstPause the time before its first request
 * @param pause the time between an answer and the next request
 */
record ClientPlan(String name, boolean keepAlive, Duration firstPause, Duration pause) {
}
