package io.podlifecycle.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@code @Scheduled} method that takes in work, such as a poll of a table of
 * jobs. It is not triggered any more when a graceful shutdown begins. Other
 * {@code @Scheduled} methods go on until the work in flight is done, since it may need
 * what they keep up: leases, tokens, caches.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface StopOnQuiesce {

}
