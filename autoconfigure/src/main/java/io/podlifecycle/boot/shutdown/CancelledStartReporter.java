package io.podlifecycle.boot.shutdown;

import io.podlifecycle.boot.Attempt;
import io.podlifecycle.boot.Orders;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;

/**
 * {@link SpringBootExceptionReporter} for a start that was cancelled by a stop signal.
 * That is no failure, so nothing is analyzed.
 */
@Order(Orders.EXCEPTION_REPORTER)
final class CancelledStartReporter implements SpringBootExceptionReporter {

	private static final Log logger = LogFactory.getLog(CancelledStartReporter.class);

	private final @Nullable ConfigurableApplicationContext context;

	CancelledStartReporter(@Nullable ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public boolean reportException(Throwable failure) {
		ApplicationSupervision supervision = ApplicationSupervision.find(this.context);
		if (supervision == null || !supervision.application().isStartCancelled()) {
			return false;
		}
		Attempt.run("log", () -> logger.debug("The start was cancelled", failure));
		return true;
	}

}
