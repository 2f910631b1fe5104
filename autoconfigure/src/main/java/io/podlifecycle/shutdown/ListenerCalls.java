package io.podlifecycle.shutdown;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

import io.podlifecycle.drain.DrainReport;
import io.podlifecycle.drain.ShutdownListener;
import org.jspecify.annotations.Nullable;

/**
 * Calls the listeners of a shutdown on threads of their own, since they may block, fail,
 * or make the process exit. Each is told one thing after the other; none waits for
 * another. Used by one thread.
 */
final class ListenerCalls {

	private static final String ANNOUNCEMENT = "of the readiness event";

	private final List<ShutdownListener> listeners;

	private final Executor executor;

	private final IdentityHashMap<Object, CompletableFuture<@Nullable Void>> calls = new IdentityHashMap<>();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	ListenerCalls(List<ShutdownListener> listeners, Executor executor) {
		this.listeners = listeners;
		this.executor = executor;
	}

	void tell(BiConsumer<ShutdownListener, DrainReport> call, DrainReport report) {
		this.listeners.forEach((listener) -> add(listener, () -> call.accept(listener, report)));
	}

	/** Readiness is refused already; its listeners are only told. */
	void announce(Runnable announcement) {
		add(ANNOUNCEMENT, announcement);
	}

	private void add(Object listener, Runnable call) {
		CompletableFuture<@Nullable Void> before = this.calls.getOrDefault(listener,
				CompletableFuture.completedFuture(null));
		this.calls.put(listener, before.thenRunAsync(() -> call(listener, call), this.executor));
	}

	private void call(Object listener, Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			this.failures.add("listener failed: " + name(listener) + ": " + ex);
		}
	}

	private static Object name(Object listener) {
		return (listener == ANNOUNCEMENT) ? ANNOUNCEMENT : listener.getClass().getName();
	}

	boolean areOver() {
		return this.calls.values().stream().allMatch(CompletableFuture::isDone);
	}

	/** A line for each call that has failed, and each listener that does not return. */
	List<String> problems() {
		List<String> problems = new ArrayList<>(this.failures);
		this.calls.forEach((listener, last) -> {
			if (!last.isDone()) {
				problems.add("listener does not return: " + name(listener));
			}
		});
		return problems;
	}

}
