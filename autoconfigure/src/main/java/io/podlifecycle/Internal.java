package io.podlifecycle;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a type that is public only because other packages of the library need it. It may
 * change or disappear in any version. The types that an application may use are listed in
 * {@code docs/api.md}.
 *
 * @since 0.1.0
 */
@Internal
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Internal {

}
