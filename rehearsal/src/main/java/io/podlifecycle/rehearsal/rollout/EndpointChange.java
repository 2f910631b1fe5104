package io.podlifecycle.rehearsal.rollout;

import java.time.Duration;
import java.util.List;

/**
 * A change of the endpoints that new connections to the Service go to. Immutable.
 *
 * @param at when it took effect, counted from the start of the rehearsal
 * @param pods the names of the pods behind the endpoints from then on
 * @since 0.1.0
 */
public record EndpointChange(Duration at, List<String> pods) {

	/**
	 * Copies the collection.
	 */
	public EndpointChange {
		pods = List.copyOf(pods);
	}

}
