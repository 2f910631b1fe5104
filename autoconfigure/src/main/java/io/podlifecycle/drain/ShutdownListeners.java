package io.podlifecycle.drain;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Several listeners as one. One that fails does not keep the others from being told.
 *
 * @since 0.1.0
 */
public final class ShutdownListeners implements ShutdownListener {

	private final List<ShutdownListener> listeners;

	/**
	 * Bring listeners together.
	 * @param listeners the listeners, in the order in which they are told
	 */
	public ShutdownListeners(List<ShutdownListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void quiescing(DrainReport report) {
		forEach((listener) -> listener.quiescing(report));
	}

	@Override
	public void draining(DrainReport report) {
		forEach((listener) -> listener.draining(report));
	}

	@Override
	public void drained(DrainReport report) {
		forEach((listener) -> listener.drained(report));
	}

	private void forEach(Consumer<ShutdownListener> action) {
		RuntimeException failure = null;
		for (ShutdownListener listener : this.listeners) {
			failure = tell(listener, action, failure);
		}
		if (failure != null) {
			throw failure;
		}
	}

	private static @Nullable RuntimeException tell(ShutdownListener listener, Consumer<ShutdownListener> action,
			@Nullable RuntimeException failure) {
		try {
			action.accept(listener);
			return failure;
		}
		catch (RuntimeException | LinkageError ex) {
			IllegalStateException named = new IllegalStateException(listener.getClass().getName() + ": " + ex, ex);
			if (failure == null) {
				return named;
			}
			failure.addSuppressed(named);
			return failure;
		}
	}

}
