package io.podlifecycle.boot.shutdown;

import java.time.Duration;

import io.podlifecycle.time.Deadline;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Fits Spring's timeouts per shutdown phase, which add up, into what is left of the
 * budget. One that the user set is only lowered. A phase that takes all it may still
 * leaves some time for the beans to be destroyed.
 */
final class PhaseTimeouts {

	private static final String PROPERTY = "spring.lifecycle.timeout-per-shutdown-phase";

	private PhaseTimeouts() {
	}

	static void fit(ConfigurableApplicationContext context, Deadline end) {
		String name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME;
		if (context.getBeanFactory().getSingleton(name) instanceof DefaultLifecycleProcessor processor) {
			Duration left = end.remaining().multipliedBy(4).dividedBy(5);
			processor.setTimeoutPerShutdownPhase(Math.max(1, timeout(context, left).toMillis()));
		}
	}

	private static Duration timeout(ConfigurableApplicationContext context, Duration left) {
		String set = context.getEnvironment().getProperty(PROPERTY);
		if (set == null) {
			return left;
		}
		Duration chosen = DurationStyle.detectAndParse(set);
		return (chosen.compareTo(left) < 0) ? chosen : left;
	}

}
