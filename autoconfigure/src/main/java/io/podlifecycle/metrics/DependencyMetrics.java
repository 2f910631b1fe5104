package io.podlifecycle.metrics;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.podlifecycle.dependency.BackgroundTries;
import io.podlifecycle.dependency.DependencyOutcome;

/**
 * {@link MeterBinder} that tells how long the start has waited for each dependency, and
 * whether those that are tried while the application runs answer.
 *
 * @since 0.1.0
 */
public final class DependencyMetrics implements MeterBinder {

	private static final String WAIT = "pod.lifecycle.dependency.wait";

	private static final String UP = "pod.lifecycle.dependency.up";

	private static final String DEPENDENCY = "dependency";

	private final List<DependencyOutcome> awaited;

	private final List<BackgroundTries> tries;

	/**
	 * Create the meters.
	 * @param awaited how the wait at the start has ended
	 * @param tries what is tried while the application runs
	 */
	public DependencyMetrics(List<DependencyOutcome> awaited, List<BackgroundTries> tries) {
		this.awaited = List.copyOf(awaited);
		this.tries = List.copyOf(tries);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		// The wait was over before there was a registry.
		this.awaited.forEach((outcome) -> timer(outcome, registry).record(outcome.elapsed()));
		names().forEach((name) -> Gauge.builder(UP, () -> isUp(name) ? 1 : 0)
			.description("Whether the dependency answers (1) or not (0)")
			.tag(DEPENDENCY, name)
			.register(registry));
	}

	private static Timer timer(DependencyOutcome outcome, MeterRegistry registry) {
		return Timer.builder(WAIT)
			.description("Time that the start has waited for the dependency")
			.tag(DEPENDENCY, outcome.dependency().name())
			.tag("outcome", outcome.isAnswered() ? "answered" : "missing")
			.register(registry);
	}

	private Set<String> names() {
		return this.tries.stream().flatMap((some) -> some.answers().keySet().stream()).collect(Collectors.toSet());
	}

	private boolean isUp(String name) {
		return this.tries.stream().allMatch((some) -> some.answers().getOrDefault(name, true));
	}

}
