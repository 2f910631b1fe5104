package io.podlifecycle.rehearsal.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.podlifecycle.rehearsal.load.LoadResult;

/**
 * What was seen in one rehearsal. Immutable.
 *
 * @param scenario what was rehearsed, in words: {@code rolling update of 3 replicas}
 * @param startedAt when it began, wall time
 * @param duration how long it took
 * @param settings what it was made with, for people: replicas, lag, grace period, the
 * application
 * @param pods the lives of the pods, in the order in which they were created
 * @param endpoints how the endpoints of the Service changed
 * @param loadStartedAt when the load began, counted from the start of the rehearsal: the
 * times of its failures count from there
 * @param load what clients got, over all
 * @param slices what clients got, span by span
 * @since 0.1.0
 */
public record Rollout(String scenario, Instant startedAt, Duration duration, Map<String, String> settings,
		List<PodLife> pods, List<EndpointChange> endpoints, Duration loadStartedAt, LoadResult load,
		List<LoadSlice> slices) {

	/**
	 * Copies the collections.
	 */
	public Rollout {
		settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
		pods = List.copyOf(pods);
		endpoints = List.copyOf(endpoints);
		slices = List.copyOf(slices);
	}

	/**
	 * Returns the longest time from the first event of a kind in the life of a pod to the
	 * next one of another kind.
	 * @param from the kind of the first event
	 * @param to the kind of the other event
	 * @return the time; empty if no pod has both
	 */
	public Optional<Duration> longest(PodEvent.Kind from, PodEvent.Kind to) {
		return this.pods.stream().flatMap((pod) -> pod.span(from, to).stream()).max(Comparator.naturalOrder());
	}

}
