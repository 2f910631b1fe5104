package io.podlifecycle.report;

import java.util.List;

/**
 * What became of the work in flight during a shutdown. Immutable.
 *
 * @param inFlightAtStart how much work was in flight when the shutdown began
 * @param arrived how many requests arrived after that, and were served
 * @param inFlight how much work is still in flight; once the web server is stopped, it is
 * cut off
 * @param oldest the oldest pieces of that work
 * @since 0.1.0
 */
public record WorkTotals(long inFlightAtStart, long arrived, long inFlight, List<WorkSnapshot> oldest) {

	public WorkTotals {
		oldest = List.copyOf(oldest);
	}

}
