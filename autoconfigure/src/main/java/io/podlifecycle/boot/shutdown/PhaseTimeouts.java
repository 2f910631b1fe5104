package io.podlifecycle.boot.shutdown;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.shutdown.StopTimeouts;
import io.podlifecycle.time.Deadline;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.NotReadablePropertyException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

/**
 * Fits Spring's timeouts per shutdown phase, which add up, into what is left of the
 * budget: each phase gets its share when it begins, and one whose work the drain has
 * given up gets next to nothing. Timeouts are only ever lowered. A phase that takes all
 * it may still leaves some time for the phases after it, and for the beans to be
 * destroyed.
 * <p>
 * Spring reads the timeout of a phase when it has asked all beans of that phase to stop.
 * The last of them is one of ours, which sets it.
 */
final class PhaseTimeouts implements StopTimeouts {

	private static final String PROPERTY = "spring.lifecycle.timeout-per-shutdown-phase";

	private static final String DEFAULT = "30s";

	private static final String EXECUTORS_BEAN = "podLifecycleExecutorTasks";

	private final ConfigurableApplicationContext context;

	private final Runnable serverStops;

	private volatile @Nullable Deadline end;

	private volatile @Nullable Duration afterDrain;

	private volatile boolean tasksGivenUp;

	private volatile @Nullable Integer stopping;

	/**
	 * Create timeouts that nothing has lowered yet.
	 * @param context the context whose phases are stopped
	 * @param serverStops called when the web server is about to be stopped
	 */
	PhaseTimeouts(ConfigurableApplicationContext context, Runnable serverStops) {
		this.context = context;
		this.serverStops = serverStops;
	}

	/** On a thread of its own: a bean factory may be locked. */
	@Override
	public void quiescing(ShutdownReport report) {
		ConfigurableListableBeanFactory beans = this.context.getBeanFactory();
		Set<Integer> phases = new TreeSet<>(Set.of(Orders.WEB_SERVER_STOPS_PHASE));
		for (String name : beans.getSingletonNames()) {
			if (beans.getSingleton(name) instanceof Lifecycle lifecycle) {
				phases.add(HangingBeans.phase(lifecycle));
			}
		}
		phases.forEach((phase) -> beans.registerSingleton("podLifecyclePhase" + phase, new LastOfPhase(phase)));
	}

	@Override
	public void lowerTo(Duration limit) {
		this.tasksGivenUp = this.context.getBeanFactory().getSingleton(EXECUTORS_BEAN) instanceof Participant executors
				&& executors.inFlight() > 0;
		this.afterDrain = limit;
	}

	/**
	 * The context is about to stop its lifecycle beans.
	 * @param end when the process has to have ended
	 */
	void closing(Deadline end) {
		this.end = end;
		if (processor() instanceof DefaultLifecycleProcessor processor) {
			// For phases without a bean of ours.
			processor.setTimeoutPerShutdownPhase(Math.min(configured(processor, null), share(end).toMillis()));
		}
	}

	/**
	 * Return the phase that is being stopped.
	 * @return the last phase whose beans have been asked to stop, {@code null} if there
	 * is none
	 */
	@Nullable Integer stopping() {
		return this.stopping;
	}

	private void stopping(int phase) {
		this.stopping = phase;
		if (phase == Orders.WEB_SERVER_STOPS_PHASE) {
			this.serverStops.run();
		}
		Deadline end = this.end;
		if (end != null && processor() instanceof DefaultLifecycleProcessor processor) {
			Duration limit = this.afterDrain;
			Duration most = (limit != null && isGivenUp(phase)) ? end.limit(limit) : share(end);
			processor.setTimeoutForShutdownPhase(phase, Math.min(configured(processor, phase), most.toMillis()));
		}
	}

	private @Nullable Object processor() {
		return this.context.getBeanFactory().getSingleton(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME);
	}

	/** Whether Spring waits in a phase for nothing but what the drain has given up. */
	private boolean isGivenUp(int phase) {
		return phase == WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE
				|| (phase == ExecutorConfigurationSupport.DEFAULT_PHASE && this.tasksGivenUp);
	}

	private static Duration share(Deadline end) {
		return end.remaining().multipliedBy(4).dividedBy(5);
	}

	/** Spring has setters for its timeouts, and no getters. */
	private long configured(DefaultLifecycleProcessor processor, @Nullable Integer phase) {
		try {
			DirectFieldAccessor fields = new DirectFieldAccessor(processor);
			if (phase != null && fields.getPropertyValue("timeoutsForShutdownPhases") instanceof Map<?, ?> timeouts
					&& timeouts.get(phase) instanceof Long timeout) {
				return timeout;
			}
			if (fields.getPropertyValue("timeoutPerShutdownPhase") instanceof Long timeout) {
				return timeout;
			}
		}
		catch (NotReadablePropertyException ex) {
			// Another version of Spring.
		}
		return DurationStyle.detectAndParse(this.context.getEnvironment().getProperty(PROPERTY, DEFAULT)).toMillis();
	}

	/**
	 * Is registered after all other beans of its phase, and so is stopped after them.
	 */
	final class LastOfPhase implements SmartLifecycle {

		private final int phase;

		private volatile boolean running = true;

		LastOfPhase(int phase) {
			this.phase = phase;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			stopping(this.phase);
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
