package io.podlifecycle.boot.shutdown;

import java.util.List;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.startup.MissingDependencies;
import io.podlifecycle.shutdown.Lifecycle;
import io.podlifecycle.shutdown.LifecycleState;
import io.podlifecycle.shutdown.Readiness;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.annotation.Order;

/**
 * The readiness of an application, which is a state of the shutdown and cannot come back:
 * events of Boot follow it. SIGTERM between refresh and ready is followed by Boot's own
 * ACCEPTING_TRAFFIC. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class IrrevocableReadiness implements Readiness, ApplicationListener<ContextRefreshedEvent> {

	private final ConfigurableApplicationContext context;

	private final Lifecycle lifecycle;

	private final ObjectProvider<MissingDependencies> dependencies;

	private volatile List<MissingDependencies> obstacles = List.of();

	private volatile boolean refused;

	private volatile boolean groupAsked;

	private volatile boolean groupWasUp;

	/**
	 * Create the readiness of an application.
	 * @param context the application context, which publishes the state's changes
	 * @param lifecycle the state machine of the application
	 * @param dependencies what may hold up readiness
	 */
	public IrrevocableReadiness(ConfigurableApplicationContext context, Lifecycle lifecycle,
			ObjectProvider<MissingDependencies> dependencies) {
		this.context = context;
		this.lifecycle = lifecycle;
		this.dependencies = dependencies;
	}

	/**
	 * Note what the readiness group has answered to whoever asked it.
	 * @param up whether it was up
	 */
	public void answered(boolean up) {
		this.groupAsked = true;
		this.groupWasUp |= up;
	}

	/**
	 * Return whether the readiness group has been up; where nobody has asked it, whether
	 * Boot accepts traffic and nothing holds up readiness.
	 */
	@Override
	public boolean hasBeenReady() {
		return this.lifecycle.hasBeenReady() && (this.groupAsked ? this.groupWasUp
				: this.obstacles.stream().allMatch((some) -> some.missing().isEmpty()));
	}

	@Override
	public void refuse() {
		this.refused = true;
	}

	/**
	 * Return whether readiness was refused for good.
	 * @return {@code true} if it was
	 */
	public boolean isRefused() {
		return this.refused || this.lifecycle.state().compareTo(LifecycleState.CLOSING) >= 0;
	}

	@Override
	public void announce() {
		AvailabilityChangeEvent.publish(this.context, this, ReadinessState.REFUSING_TRAFFIC);
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext() == this.context) {
			// A shutdown asks nothing of a bean factory that may be locked.
			Attempt.run("dependencies that hold up readiness",
					() -> this.obstacles = this.dependencies.stream().toList());
			// After all listeners of the application, so that they hear of the refusal
			// last.
			this.context.addApplicationListener(new Refusal());
		}
	}

	@Order(Orders.READINESS_REFUSAL)
	private final class Refusal implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

		@Override
		public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
			if (isRefused() && event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
				announce();
			}
		}

	}

}
