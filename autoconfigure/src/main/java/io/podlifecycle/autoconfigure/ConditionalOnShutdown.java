package io.podlifecycle.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/**
 * Matches where the library takes care of the way out. Asked of the environment, and not
 * of the beans: that is answered before the class is read, and looks through no bean
 * definitions.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnBooleanProperty(name = { "pod-lifecycle.enabled", "pod-lifecycle.shutdown.enabled" },
		matchIfMissing = true)
@interface ConditionalOnShutdown {

}
