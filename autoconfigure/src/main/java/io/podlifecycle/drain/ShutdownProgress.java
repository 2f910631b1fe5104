package io.podlifecycle.drain;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * What the one thread that runs a shutdown tells the others, and what they tell it. Safe
 * for use by several threads.
 */
final class ShutdownProgress {

	private final CompletableFuture<@Nullable Void> propagated = new CompletableFuture<>();

	private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();

	private volatile ShutdownState state = ShutdownState.SERVING;

	private volatile @Nullable ReportInProgress report;

	private volatile boolean terminated;

	private volatile boolean hurried;

	void quiescing(ReportInProgress report) {
		this.report = report;
		this.state = ShutdownState.QUIESCING;
	}

	void propagated() {
		this.propagated.complete(null);
	}

	void draining() {
		this.state = ShutdownState.DRAINING;
	}

	void drained() {
		this.state = ShutdownState.DRAINED;
		this.propagated.complete(null);
		this.drained.complete(null);
	}

	ShutdownState state() {
		return this.state;
	}

	Optional<DrainReport> report() {
		return Optional.ofNullable(this.report).map(ReportInProgress::soFar);
	}

	/** Never unset: a cause that comes later takes nothing back. */
	void terminate() {
		this.terminated = true;
	}

	boolean isTerminated() {
		return this.terminated;
	}

	void hurry() {
		this.hurried = true;
	}

	boolean isHurried() {
		return this.hurried;
	}

	void awaitPropagated() {
		await(this.propagated);
	}

	void awaitDrained() {
		await(this.drained);
	}

	private static void await(CompletableFuture<@Nullable Void> milestone) {
		try {
			milestone.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A milestone is never completed with a failure", ex);
		}
	}

}
