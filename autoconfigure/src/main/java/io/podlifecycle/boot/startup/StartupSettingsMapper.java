package io.podlifecycle.boot.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.podlifecycle.boot.DependencyProperties;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.WatchedDependency;

import org.springframework.util.function.SingletonSupplier;

/**
 * Makes immutable, validated settings out of the properties of the start.
 */
final class StartupSettingsMapper {

	private static final String PREFIX = "pod-lifecycle.startup.";

	private final StartupProperties properties;

	private final Supplier<DependencyMapper> mapper;

	/** The mapper is made only if there is something to map: its classes take time. */
	StartupSettingsMapper(StartupProperties properties, Supplier<DependencyMapper> mapper) {
		this.properties = properties;
		this.mapper = SingletonSupplier.of(mapper);
	}

	StartupSettings settings() {
		Duration timeout = Durations.positive(PREFIX + "timeout", this.properties.getTimeout());
		Durations.positive(PREFIX + "probe-timeout", this.properties.getProbeTimeout());
		Duration progress = Durations.positive(PREFIX + "progress-interval", this.properties.getProgressInterval());
		List<Dependency> awaited = new ArrayList<>();
		List<WatchedDependency> watched = new ArrayList<>();
		Map<String, DependencyProperties> dependencies = this.properties.getDependencies();
		dependencies.forEach((name, dependency) -> {
			if (isSecondNameOfOne(name, dependencies.keySet())) {
				return;
			}
			if (dependency.getGate().isAwaited()) {
				awaited.add(this.mapper.get().dependency(name, dependency));
			}
			if (dependency.getGate().isWatched()) {
				watched.add(this.mapper.get().watched(name, dependency));
			}
		});
		return new StartupSettings(awaited, watched, timeout, this.properties.getOnTimeout(), progress,
				this.properties.isEndOnRefusal());
	}

	/**
	 * Boot binds {@code orders-db} a second time as {@code ordersdb} if an environment
	 * variable sets it, too.
	 */
	private static boolean isSecondNameOfOne(String name, Set<String> names) {
		return names.stream()
			.anyMatch((other) -> !other.equals(name)
					&& other.replaceAll("[-_]", "").toLowerCase(Locale.ROOT).equals(name));
	}

}
