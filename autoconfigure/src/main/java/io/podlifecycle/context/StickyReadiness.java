package io.podlifecycle.context;

import io.podlifecycle.drain.Readiness;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * Boot's readiness state, which cannot come back once it was refused for good: SIGTERM
 * between refresh and ready is followed by Boot's own ACCEPTING_TRAFFIC.
 *
 * @since 0.1.0
 */
public final class StickyReadiness implements Readiness, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final ApplicationContext context;

	private volatile boolean refused;

	/**
	 * Create the readiness of an application.
	 * @param context the application context, which publishes the state's changes
	 */
	public StickyReadiness(ApplicationContext context) {
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
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (this.refused && event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			publishRefusal();
		}
	}

	private void publishRefusal() {
		AvailabilityChangeEvent.publish(this.context, this, ReadinessState.REFUSING_TRAFFIC);
	}

}
