package io.podlifecycle.messaging;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.podlifecycle.shutdown.Participant;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Listener containers of one technology. They are asked to stop when the shutdown begins:
 * they pull no more, and finish what they have begun, while the rest of the application
 * still works. Until a container has stopped it counts as one piece of work in flight.
 * <p>
 * Spring stops them again at the close of the context, which finds them stopped.
 *
 * @param <C> the type of container
 * @since 0.1.0
 */
final class ListenerContainers<C extends SmartLifecycle> implements Participant {

	private final String name;

	private final Supplier<? extends Collection<? extends C>> containers;

	private final Consumer<? super C> beforeStop;

	private final Set<C> stopping = ConcurrentHashMap.newKeySet();

	/**
	 * Create a participant.
	 * @param name its name for reports
	 * @param containers returns the containers that there are when the shutdown begins
	 * @param beforeStop prepares a running container for its stop
	 */
	public ListenerContainers(String name, Supplier<? extends Collection<? extends C>> containers,
			Consumer<? super C> beforeStop) {
		this.name = name;
		this.containers = containers;
		this.beforeStop = beforeStop;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void quiesce() {
		@Nullable RuntimeException failure = null;
		for (C container : this.containers.get()) {
			try {
				stop(container);
			}
			catch (RuntimeException ex) {
				this.stopping.remove(container);
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	private void stop(C container) {
		if (container.isRunning()) {
			this.stopping.add(container);
			this.beforeStop.accept(container);
			container.stop(() -> this.stopping.remove(container));
		}
	}

	@Override
	public long inFlight() {
		return this.stopping.size();
	}

}
