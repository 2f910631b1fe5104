package io.podlifecycle.boot.startup;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.time.DaemonThreads;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * Notes when the application was ready for the first time: Boot accepted traffic, and no
 * dependency held up readiness. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class TimeToReady implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>>, DisposableBean {

	/** Much shorter than any period of a readiness probe. */
	private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

	private final MissingDependencies dependencies;

	private final Stopwatch sinceStart;

	private final Sleeper sleeper;

	private final AtomicBoolean accepting = new AtomicBoolean();

	private final Thread lookout = DaemonThreads.create("pod-lifecycle-first-readiness", this::awaitDependencies);

	private volatile @Nullable Duration time;

	/**
	 * Create what takes the note.
	 * @param dependencies what holds up readiness
	 * @param sinceStart the time since the start
	 * @param sleeper sleeps between two looks for missing dependencies
	 */
	public TimeToReady(MissingDependencies dependencies, Stopwatch sinceStart, Sleeper sleeper) {
		this.dependencies = dependencies;
		this.sinceStart = sinceStart;
		this.sleeper = sleeper;
	}

	/**
	 * Return how long it took.
	 * @return the time from the start to the first readiness, if there was one
	 */
	public Optional<Duration> time() {
		return Optional.ofNullable(this.time);
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC && !this.accepting.getAndSet(true)) {
			Attempt.run("time of the first readiness", this::noteOrAwait);
		}
	}

	private void noteOrAwait() {
		if (isHeldUp()) {
			this.lookout.start();
		}
		else {
			this.time = this.sinceStart.elapsed();
		}
	}

	private void awaitDependencies() {
		while (isHeldUp()) {
			if (!this.sleeper.sleepUnlessInterrupted(LOOK_INTERVAL)) {
				return;
			}
		}
		this.time = this.sinceStart.elapsed();
	}

	private boolean isHeldUp() {
		return !this.dependencies.missing().isEmpty();
	}

	@Override
	public void destroy() {
		this.lookout.interrupt();
	}

}
