package io.podlifecycle.rehearsal.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Describes the application whose {@link io.podlifecycle.rehearsal.Rehearsal} the methods
 * of a test class take as a parameter. One of {@link #jar()} and {@link #mainClass()} is
 * needed. An annotation of the method goes before that of the class. For anything that
 * this does not tell, register a {@link RehearsalExtension}.
 * <p>
 * On a field of the type {@code Rehearsal}, which is neither static nor final, it also
 * puts a new rehearsal there before each test. Without a jar and a main class the field's
 * is described by the method or the class.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.FIELD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(RehearsalExtension.class)
public @interface RehearsedApp {

	/**
	 * Returns the executable jar, relative to the working directory of the tests.
	 * @return the path
	 */
	String jar() default "";

	/**
	 * Returns the main class, which runs on the class path of the tests.
	 * @return the class
	 */
	Class<?> mainClass() default Void.class;

	/**
	 * Returns options of the JVM.
	 * @return the options
	 */
	String[] jvmOptions() default {};

	/**
	 * Returns arguments of the application; {@code {port}} is replaced.
	 * @return the arguments
	 */
	String[] arguments() default {};

	/**
	 * Returns the path of the readiness probe.
	 * @return the path
	 */
	String readiness() default "/actuator/health/readiness";

	/**
	 * Returns what the clients ask for.
	 * @return the path
	 */
	String path() default "/";

	/**
	 * Returns how many pods there are.
	 * @return the number
	 */
	int replicas() default 2;

	/**
	 * Returns how long a change of the endpoints takes to have effect.
	 * @return the time, such as {@code 300ms} or {@code 3s}
	 */
	String lag() default "1s";

	/**
	 * Returns the time from the deletion of a pod to SIGKILL.
	 * @return the time, such as {@code 30s}
	 */
	String gracePeriod() default "30s";

}
