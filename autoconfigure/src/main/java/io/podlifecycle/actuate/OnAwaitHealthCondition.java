package io.podlifecycle.actuate;

import io.podlifecycle.boot.Activation;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where health contributors are to be waited for, which tests are not to do
 * unless they ask for it.
 */
final class OnAwaitHealthCondition extends OnPropertyListCondition {

	OnAwaitHealthCondition() {
		super(AwaitHealthMapper.PROPERTY, () -> ConditionMessage.forCondition("Await health"));
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return Activation.isAllowedHere(context.getEnvironment()) ? super.getMatchOutcome(context, metadata)
				: ConditionOutcome.noMatch(ConditionMessage.forCondition("Await health").because("this is a test"));
	}

}
