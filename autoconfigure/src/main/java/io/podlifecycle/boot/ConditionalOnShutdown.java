package io.podlifecycle.boot;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.podlifecycle.Internal;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/**
 * Matches where the library takes part in the shutdown. Asked of the environment, since
 * to ask for a bean is to look through all bean definitions. One annotation with two
 * names: of a repeated one that is itself on an annotation, Spring Boot regards the first
 * only.
 */
@Internal
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnBooleanProperty(name = { "pod-lifecycle.enabled", "pod-lifecycle.shutdown.enabled" },
		matchIfMissing = true)
public @interface ConditionalOnShutdown {

}
