package io.podlifecycle.boot.shutdown;

import io.podlifecycle.report.ShutdownReport;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ApplicationContextEvent;

/**
 * Published when an application that leaves has drained, before its context closes: beans
 * and meter registries still work. Listeners are called one after the other and use the
 * time that is kept for closing the context.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class DrainedEvent extends ApplicationContextEvent {

	private final ShutdownReport report;

	DrainedEvent(ApplicationContext context, ShutdownReport report) {
		super(context);
		this.report = report;
	}

	/**
	 * Return what happened so far.
	 * @return the report
	 */
	public ShutdownReport getReport() {
		return this.report;
	}

}
