package io.podlifecycle.warmup;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.Internal;

/**
 * How to warm up. Immutable.
 *
 * @param requests the requests
 * @param count how often to send each request, 1 or more
 * @param concurrency how many requests at the same time, 1 or more
 * @param untilSteady whether to go on until the latency has leveled off
 * @param timeout how long all of it may take, greater than zero
 * @param required whether a warm-up that fails is a failure of the start
 * @since 0.1.0
 */
@Internal
public record WarmUpSettings(List<WarmUpRequest> requests, int count, int concurrency, boolean untilSteady,
		Duration timeout, boolean required) {

	public WarmUpSettings {
		requests = List.copyOf(requests);
	}

}
