package io.podlifecycle.warmup;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;
import org.springframework.context.annotation.Conditional;

/**
 * Matches where paths or requests to warm up with are given.
 */
final class OnWarmUpRequestsCondition extends AnyNestedCondition {

	OnWarmUpRequestsCondition() {
		super(ConfigurationPhase.PARSE_CONFIGURATION);
	}

	@Conditional(OnPaths.class)
	static class Paths {

	}

	@ConditionalOnProperty("pod-lifecycle.startup.warm-up.requests[0].path")
	static class Requests {

	}

	static class OnPaths extends OnPropertyListCondition {

		OnPaths() {
			super("pod-lifecycle.startup.warm-up.paths", () -> ConditionMessage.forCondition("Warm-up"));
		}

	}

}
