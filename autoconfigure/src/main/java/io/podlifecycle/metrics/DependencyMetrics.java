package io.podlifecycle.metrics;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.podlifecycle.dependency.BackgroundTries;
import io.podlifecycle.dependency.Dependency;
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

	private static final String WAIT_DESCRIPTION = "Time that the start has waited for the dependency";

	private static final String DEPENDENCY = "dependency";

	private static final String OUTCOME = "outcome";

	private static final String ANSWERED = "answered";

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
		this.tries.forEach((some) -> some.waits().forEach((wait) -> bindWait(wait.dependency(), some, registry)));
		names().forEach((name) -> Gauge.builder(UP, () -> isUp(name) ? 1 : 0)
			.description("Whether the dependency answers (1) or not (0)")
			.tag(DEPENDENCY, name)
			.register(registry));
	}

	private static Timer timer(DependencyOutcome outcome, MeterRegistry registry) {
		return Timer.builder(WAIT)
			.description(WAIT_DESCRIPTION)
			.tag(DEPENDENCY, outcome.dependency().name())
			.tag(OUTCOME, outcome.isAnswered() ? ANSWERED : "missing")
			.register(registry);
	}

	/** One that goes on: what it has taken is read once it is over. */
	private static void bindWait(Dependency dependency, BackgroundTries tries, MeterRegistry registry) {
		FunctionTimer
			.builder(WAIT, tries, (some) -> answers(dependency, some).count(),
					(some) -> answers(dependency, some).mapToLong((wait) -> wait.elapsed().toNanos()).sum(),
					TimeUnit.NANOSECONDS)
			.description(WAIT_DESCRIPTION)
			.tag(DEPENDENCY, dependency.name())
			.tag(OUTCOME, ANSWERED)
			.register(registry);
	}

	private static Stream<DependencyOutcome> answers(Dependency dependency, BackgroundTries tries) {
		return tries.waits().stream().filter((wait) -> wait.dependency().equals(dependency) && wait.isAnswered());
	}

	private Set<String> names() {
		return this.tries.stream().flatMap((some) -> some.answers().keySet().stream()).collect(Collectors.toSet());
	}

	private boolean isUp(String name) {
		return this.tries.stream().allMatch((some) -> some.answers().getOrDefault(name, true));
	}

}
