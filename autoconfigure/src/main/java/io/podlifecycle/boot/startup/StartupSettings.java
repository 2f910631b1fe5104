package io.podlifecycle.boot.startup;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.OnTimeout;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.WatchedDependency;

/**
 * What to wait for at the start, and how. Immutable.
 *
 * @param dependencies what to wait for
 * @param watched what to watch while the application runs
 * @param timeout how long to wait at the most
 * @param onTimeout what to do then
 * @param progressInterval how often the log says what is missing
 * @param endOnRefusal whether the wait ends when a required dependency refuses for good
 * @since 0.1.0
 */
@Internal
public record StartupSettings(List<Dependency> dependencies, List<WatchedDependency> watched, Duration timeout,
		OnTimeout onTimeout, Duration progressInterval, boolean endOnRefusal) {

	public StartupSettings {
		dependencies = List.copyOf(dependencies);
		watched = List.copyOf(watched);
	}

	/**
	 * Return whether there is something to wait for or to watch.
	 * @return {@code true} if there is
	 */
	public boolean hasDependencies() {
		return !this.dependencies.isEmpty() || !this.watched.isEmpty();
	}

}
