package io.podlifecycle.context;

import io.podlifecycle.drain.Readiness;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Boot's readiness state, which cannot come back once it was refused for good: SIGTERM
 * between refresh and ready is followed by Boot's own ACCEPTING_TRAFFIC.
 *
 * @since 0.1.0
 */
public final class StickyReadiness implements Readiness, ApplicationListener<ContextRefreshedEvent> {

	private final ConfigurableApplicationContext context;

	private volatile boolean refused;

	/**
	 * Create the readiness of an application.
	 * @param context the application context, which publishes the state's changes
	 */
	public StickyReadiness(ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public void refuse() {
		this.refused = true;
		publishRefusal();
	}

	/**
	 * Return whether readiness was refused for good.
	 * @return {@code true} if it was
	 */
	public boolean isRefused() {
		return this.refused;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext() == this.context) {
			// After all listeners of the application, so that they hear of the refusal
			// last.
			this.context.addApplicationListener(new Refusal());
		}
	}

	private void publishRefusal() {
		AvailabilityChangeEvent.publish(this.context, this, ReadinessState.REFUSING_TRAFFIC);
	}

	private final class Refusal implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

		@Override
		public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
			if (StickyReadiness.this.refused && event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
				publishRefusal();
			}
		}

	}

}
