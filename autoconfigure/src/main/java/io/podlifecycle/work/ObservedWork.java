package io.podlifecycle.work;

import io.podlifecycle.Internal;

/**
 * What the application is doing for others. Immutable holder of two live counters.
 *
 * @param inFlight the work that was accepted and is not completed
 * @param traffic the requests that arrive
 * @since 0.1.0
 */
@Internal
public record ObservedWork(InFlight inFlight, Traffic traffic) {

	/**
	 * Note that a request has arrived, and is in flight from now on. The time, which
	 * costs about as much as all the rest, is taken once.
	 * @param <W> the type of request
	 * @param request the request, which has not begun before
	 * @param counts whether it counts as traffic; health checks do not
	 * @param peer the address of its connection
	 * @return the same request, to be closed when it is completed, however it ends
	 */
	public <W extends Work> W arrived(W request, boolean counts, Object peer) {
		long now = this.inFlight.now();
		if (counts) {
			this.traffic.arrivedAt(now, peer);
		}
		else {
			this.traffic.healthCheckArrivedAt(now);
		}
		return this.inFlight.begin(request, now);
	}

}
