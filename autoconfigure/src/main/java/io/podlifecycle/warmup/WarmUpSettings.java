package io.podlifecycle.warmup;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.Internal;

/**
 * How to warm up. Immutable.
 *
 * @param paths the paths to request with GET, each starting with a slash
 * @param count how often to request each path, 1 or more
 * @param concurrency how many requests at the same time, 1 or more
 * @param timeout how long all of it may take, greater than zero
 * @param required whether a warm-up that fails is a failure of the start
 * @since 0.1.0
 */
@Internal
public record WarmUpSettings(List<String> paths, int count, int concurrency, Duration timeout, boolean required) {

	public WarmUpSettings {
		paths = List.copyOf(paths);
	}

}
