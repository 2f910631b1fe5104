package io.podlifecycle.web;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * Knows which handlers are marked as {@link LongLived}. Safe for use by several threads;
 * looks at each method once.
 *
 * @since 0.1.0
 */
@Internal
public final class LongLivedHandlers {

	private final Map<Method, Boolean> methods = new ConcurrentHashMap<>();

	/**
	 * Return whether a request is marked, itself or by its handler.
	 * @param attribute the value of its attribute {@link LongLived#ATTRIBUTE}
	 * @param handler its handler
	 * @return whether it lasts long by design
	 */
	public boolean isMarked(@Nullable Object attribute, @Nullable Object handler) {
		return Boolean.TRUE.equals(attribute) || (handler instanceof HandlerMethod method
				&& this.methods.computeIfAbsent(method.getMethod(), (key) -> method.hasMethodAnnotation(LongLived.class)
						|| AnnotatedElementUtils.hasAnnotation(method.getBeanType(), LongLived.class)));
	}

}
