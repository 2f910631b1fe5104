package io.podlifecycle.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a handler, or all handlers of a controller, whose requests last long by design: a
 * stream that is not one of server-sent events, a long poll. They are ended at the start
 * of the drain instead of being waited for. In Spring MVC an emitter or a reactive stream
 * is completed, and a {@code DeferredResult} gets the result that it has for its timeout;
 * in Spring WebFlux the body is completed between two of its parts.
 * <p>
 * What occupies a thread of its own ({@code Callable}, {@code StreamingResponseBody}) is
 * not ended by this; it registers with {@link io.podlifecycle.stream.Streams}.
 * <p>
 * Where there is no method to annotate, set the request attribute (of the exchange in
 * WebFlux) {@link #ATTRIBUTE} to {@code true} before the response begins.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface LongLived {

	/**
	 * Name of the attribute that marks a single request.
	 */
	String ATTRIBUTE = "io.podlifecycle.web.LongLived";

}
