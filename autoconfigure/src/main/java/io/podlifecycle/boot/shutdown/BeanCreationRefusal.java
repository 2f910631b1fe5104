package io.podlifecycle.boot.shutdown;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;

/**
 * Refuses to create further beans once the start of an application is cancelled, so that
 * the refresh of its context ends with the bean at hand, and what exists is destroyed.
 * Spring does not ask for beans whose definition is synthetic, nor for registered
 * singletons. Not a record: Spring compares post-processors, and the first call of a
 * record's {@code equals} is expensive at the start.
 */
final class BeanCreationRefusal implements InstantiationAwareBeanPostProcessor {

	private final ApplicationSupervision supervision;

	BeanCreationRefusal(ApplicationSupervision supervision) {
		this.supervision = supervision;
	}

	@Override
	public @Nullable Object postProcessBeforeInstantiation(Class<?> beanClass, String beanName) {
		this.supervision.refuseIfStartIsCancelled(() -> "bean '" + beanName + "' is not created");
		return null;
	}

}
