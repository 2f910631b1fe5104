package io.podlifecycle.warmup;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;

/**
 * Matches where paths to warm up are given.
 */
final class OnWarmUpPathsCondition extends OnPropertyListCondition {

	OnWarmUpPathsCondition() {
		super("pod-lifecycle.startup.warm-up.paths", () -> ConditionMessage.forCondition("Warm-up"));
	}

}
