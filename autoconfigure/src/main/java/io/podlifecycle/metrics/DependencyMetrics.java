package io.podlifecycle.metrics;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.dependency.DependencyMonitor;
import io.podlifecycle.dependency.DependencyOutcome;

/**
 * {@link MeterBinder} that tells how long the start has waited for each dependency, and
 * whether those that are tried while the application runs answer.
 *
 * @since 0.1.0
 */
final class DependencyMetrics implements MeterBinder {

	private static final String WAIT = "pod.lifecycle.dependency.wait";

	private static final String UP = "pod.lifecycle.dependency.up";

	private static final String DEPENDENCY = "dependency";

	private static final String OUTCOME = "outcome";

	private final List<DependencyOutcome> awaited;

	private final List<DependencyMonitor> tries;

	/**
	 * Create the meters.
	 * @param awaited how the wait at the start has ended
	 * @param tries what is tried while the application runs
	 */
	public DependencyMetrics(List<DependencyOutcome> awaited, List<DependencyMonitor> tries) {
		this.awaited = List.copyOf(awaited);
		this.tries = List.copyOf(tries);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		// A dependency and a health contributor may share a name, and so a meter.
		waits().distinct().forEach((wait) -> Attempt.run("meter " + WAIT, () -> bind(wait, registry)));
		names().forEach((name) -> Attempt.run("meter " + UP,
				() -> Gauge.builder(UP, () -> isUp(name) ? 1 : 0)
					.description("Whether the dependency answers (1) or not (0)")
					.tag(DEPENDENCY, name)
					.register(registry)));
	}

	/** A wait may be over before there is a registry, or go on while there is. */
	private void bind(Wait wait, MeterRegistry registry) {
		FunctionTimer
			.builder(WAIT, this, (metrics) -> metrics.ended(wait).count(),
					(metrics) -> metrics.ended(wait).mapToLong((outcome) -> outcome.elapsed().toNanos()).sum(),
					TimeUnit.NANOSECONDS)
			.description("Time that the start has waited for the dependency")
			.tag(DEPENDENCY, wait.dependency())
			.tag(OUTCOME, wait.answered() ? "answered" : "missing")
			.register(registry);
	}

	/** One that goes on can only end with an answer. */
	private Stream<Wait> waits() {
		return Stream.concat(this.awaited.stream().map(Wait::of),
				goingOn().map((outcome) -> new Wait(outcome.dependency().name(), true)));
	}

	private Stream<DependencyOutcome> ended(Wait wait) {
		return Stream.concat(this.awaited.stream(), goingOn().filter(DependencyOutcome::isAnswered))
			.filter((outcome) -> Wait.of(outcome).equals(wait));
	}

	private Stream<DependencyOutcome> goingOn() {
		return this.tries.stream().flatMap((some) -> some.outcomes().stream());
	}

	private Set<String> names() {
		return this.tries.stream().flatMap((some) -> some.answers().keySet().stream()).collect(Collectors.toSet());
	}

	private boolean isUp(String name) {
		return this.tries.stream().allMatch((some) -> some.answers().getOrDefault(name, true));
	}

	/**
	 * A kind of wait that is measured.
	 *
	 * @param dependency the name of what is waited for
	 * @param answered whether it ended with an answer
	 */
	private record Wait(String dependency, boolean answered) {

		static Wait of(DependencyOutcome outcome) {
			return new Wait(outcome.dependency().name(), outcome.isAnswered());
		}

	}

}
