package io.podlifecycle.boot.shutdown;

import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.shutdown.ShutdownListener;

import org.springframework.context.ApplicationContext;

/**
 * Tells the beans of an application that it has drained.
 *
 * @since 0.1.0
 */
final class DrainedEventPublisher implements ShutdownListener {

	private final ApplicationContext context;

	/**
	 * Create a publisher.
	 * @param context where to publish
	 */
	public DrainedEventPublisher(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void drained(ShutdownReport report) {
		this.context.publishEvent(new DrainedEvent(this.context, report));
	}

}
