package io.podlifecycle.rehearsal;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.load.RunningLoad;
import io.podlifecycle.rehearsal.rollout.LoadSlice;
import org.jspecify.annotations.Nullable;

/**
 * The clients of the Service, and what they got. Thread-safe, except that one thread
 * starts them.
 */
final class Clients implements AutoCloseable {

	private static final Duration SLICE = Duration.ofMillis(500);

	private static final Duration MAX_LOAD = Duration.ofHours(6);

	private static final int FIRST_REQUESTS = 10;

	private final Settings settings;

	private final Supplier<Duration> clock;

	private final SliceRecorder slices;

	private volatile Duration startedAt = Duration.ZERO;

	private volatile @Nullable RunningLoad load;

	Clients(Settings settings, Supplier<Duration> clock) {
		this.settings = settings;
		this.clock = clock;
		this.slices = new SliceRecorder(SLICE, clock);
	}

	void start(URI target) {
		Load.Builder builder = Load.builder(target, MAX_LOAD).listener(this.slices);
		this.settings.load().accept(builder);
		this.startedAt = this.clock.get();
		this.load = builder.start();
	}

	/**
	 * Waits for some answers, and finds out whether they are of any use.
	 * @throws RehearsalException if there are none, or not one is a success
	 */
	void requireAnswers() {
		RunningLoad running = running();
		try {
			running.awaitRequests(FIRST_REQUESTS, this.settings.startTimeout());
		}
		catch (AssertionError ex) {
			throw new RehearsalException("The clients get no answers: " + ex.getMessage(), ex);
		}
		LoadResult first = running.snapshot();
		if (first.failed() == first.requests()) {
			throw new RehearsalException("Not one request to " + this.settings.path()
					+ " succeeded, with all pods ready: " + first.failures().get(0).kind() + " "
					+ first.failures().get(0).detail() + ". Is this the path that the application serves?");
		}
	}

	private RunningLoad running() {
		RunningLoad running = this.load;
		if (running == null) {
			throw new IllegalStateException("There is no load");
		}
		return running;
	}

	Duration startedAt() {
		return this.startedAt;
	}

	long requests() {
		RunningLoad running = this.load;
		return (running != null) ? running.requests() : 0;
	}

	long failed() {
		RunningLoad running = this.load;
		return (running != null) ? running.failed() : 0;
	}

	/**
	 * Ends the load.
	 * @return what the clients got
	 */
	LoadResult finish() {
		RunningLoad running = running();
		try {
			return running.stop();
		}
		catch (AssertionError ex) {
			// A client hangs: what the others saw is worth having.
			return running.snapshot();
		}
	}

	/**
	 * Returns what the clients got, span by span, once they have ended.
	 */
	List<LoadSlice> slices() {
		return this.slices.finish();
	}

	@Override
	public void close() {
		if (this.load != null) {
			// A client that hangs is a daemon.
			LoadResult unused = finish();
		}
	}

}
