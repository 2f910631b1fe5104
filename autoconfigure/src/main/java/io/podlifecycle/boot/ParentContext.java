package io.podlifecycle.boot;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the contexts above one have, if there are some.
 */
@Internal
public final class ParentContext {

	private ParentContext() {
	}

	/**
	 * Return the bean of a type of the nearest parent that has one.
	 * @param type the type of the bean
	 * @param context the context below, which may have one of its own
	 * @return the bean, or {@code null}
	 */
	public static <T> @Nullable T beanOf(Class<T> type, ConfigurableApplicationContext context) {
		BeanFactory parent = context.getBeanFactory().getParentBeanFactory();
		return (parent != null) ? parent.getBeanProvider(type).getIfAvailable() : null;
	}

}
