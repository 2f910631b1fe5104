package io.podlifecycle.context;

import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.drain.ShutdownCause;
import io.podlifecycle.drain.ShutdownSequence;
import io.podlifecycle.time.Deadline;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.Ordered;

/**
 * Where the end of an application comes from: SIGTERM, the preStop hook of its pod, or
 * the close of its context. Whichever is first runs the shutdown sequence, the others
 * wait for it.
 * <p>
 * The context's door is a listener with the highest precedence, before those that close
 * meter registries, schedulers and executors.
 *
 * @since 0.1.0
 */
public final class ShutdownDoors
		implements SmartApplicationListener, SmartInitializingSingleton, DisposableBean, SignalListener {

	/** The name that Boot gives the thread of its JVM shutdown hook. */
	private static final String BOOT_HOOK_THREAD = "SpringApplicationShutdownHook";

	private final ConfigurableApplicationContext context;

	private final ShutdownSequence sequence;

	private final ShutdownDeadline deadline;

	private final boolean listenForSignal;

	private final boolean exitAllowed;

	private final AtomicBoolean preStopped = new AtomicBoolean();

	private boolean listening;

	private boolean deaf;

	/**
	 * Create the doors of an application.
	 * @param context its context
	 * @param sequence the way out
	 * @param deadline when it has to be gone
	 * @param listenForSignal whether SIGTERM is a door
	 * @param exitAllowed whether the JVM may be made to exit: it is the application's own
	 */
	public ShutdownDoors(ConfigurableApplicationContext context, ShutdownSequence sequence, ShutdownDeadline deadline,
			boolean listenForSignal, boolean exitAllowed) {
		this.context = context;
		this.sequence = sequence;
		this.deadline = deadline;
		this.listenForSignal = listenForSignal;
		this.exitAllowed = exitAllowed;
	}

	@Override
	public void afterSingletonsInstantiated() {
		boolean wanted = this.listenForSignal && BootShutdownHook.closes(this.context);
		this.listening = wanted && TerminationSignal.JVM.listen(this);
		this.deaf = wanted && !this.listening;
	}

	/**
	 * Return whether SIGTERM was to be a door and this JVM does not tell of it.
	 * @return {@code true} if only the other doors are left
	 */
	public boolean isDeaf() {
		return this.deaf;
	}

	@Override
	public void destroy() {
		TerminationSignal.JVM.ignore(this);
	}

	@Override
	public @Nullable ClassLoader classLoader() {
		return this.context.getClassLoader();
	}

	@Override
	public void terminate() {
		this.deadline.begin(true);
		this.sequence.leave(ShutdownCause.SIGTERM);
	}

	/**
	 * Leave because the pod's preStop hook says so. SIGTERM is expected to follow the
	 * return of this method; if it does not, the application drains and the JVM exits by
	 * itself.
	 */
	public void preStop() {
		this.deadline.begin(true);
		if (this.preStopped.compareAndSet(false, true)) {
			Thread thread = new Thread(this::leaveAfterPreStop, "pod-lifecycle-pre-stop");
			thread.setDaemon(false);
			thread.setContextClassLoader(classLoader());
			thread.start();
		}
		this.sequence.awaitPropagation();
	}

	private void leaveAfterPreStop() {
		this.sequence.leave(ShutdownCause.PRE_STOP);
		if (this.exitAllowed && BootShutdownHook.closes(this.context)) {
			System.exit(LastWords.SIGTERM_EXIT_CODE);
		}
	}

	@Override
	public void hurry() {
		this.sequence.hurry();
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return ContextClosedEvent.class.isAssignableFrom(eventType)
				|| AvailabilityChangeEvent.class.isAssignableFrom(eventType);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ContextClosedEvent closed && closed.getApplicationContext() == this.context) {
			contextCloses();
		}
		else if (event instanceof AvailabilityChangeEvent<?> changed
				&& changed.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			this.sequence.ready();
		}
	}

	private void contextCloses() {
		ShutdownCause cause = closeCause();
		Deadline end = this.deadline.begin(cause.isTermination());
		this.sequence.leave(cause);
		PhaseTimeouts.fit(this.context, end);
	}

	private ShutdownCause closeCause() {
		boolean byHook = BOOT_HOOK_THREAD.equals(Thread.currentThread().getName());
		return (byHook && !this.listening) ? ShutdownCause.JVM_SHUTDOWN : ShutdownCause.CONTEXT_CLOSED;
	}

}
