package io.podlifecycle.boot;

import java.util.List;

import io.podlifecycle.Internal;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;

/**
 * Where the parts of the library that act on the whole JVM are at work, and where not.
 */
@Internal
public final class Activation {

	private static final String ENABLED = "pod-lifecycle.enabled";

	private static final String STARTUP_ENABLED = "pod-lifecycle.startup.enabled";

	private static final String ENABLED_IN_TESTS = "pod-lifecycle.enabled-in-tests";

	/** Set by {@code @SpringBootTest} in the environment of its application. */
	private static final String TEST = "org.springframework.boot.test.context.SpringBootTestContextBootstrapper";

	/**
	 * Environments in which Spring Cloud looks for the real one: at the start, and when
	 * it is refreshed.
	 */
	private static final List<String> OF_SPRING_CLOUD = List.of("bootstrap", "refreshArgs");

	private static final boolean SERVLETS_PRESENT = ClassUtils.isPresent("jakarta.servlet.ServletContext",
			Activation.class.getClassLoader())
			&& ClassUtils.isPresent("org.springframework.web.context.WebApplicationContext",
					Activation.class.getClassLoader());

	private Activation() {
	}

	/**
	 * Whether to wait for dependencies. Not while AOT processing or a training run builds
	 * the application: nothing is there to wait for on a build machine.
	 */
	public static boolean ofStartup(ConfigurableEnvironment environment) {
		return isOn(environment, STARTUP_ENABLED, true) && ofRun(environment);
	}

	/**
	 * Whether this is a run of the application, and not a test or the making of it. That
	 * a training run ends on refresh is read as Spring reads it: from
	 * {@code spring.properties} and the JVM's system properties.
	 */
	public static boolean ofRun(ConfigurableEnvironment environment) {
		return isOfApplication(environment) && isAllowedHere(environment) && !DefaultLifecycleProcessor.ON_REFRESH_VALUE
			.equalsIgnoreCase(SpringProperties.getProperty(DefaultLifecycleProcessor.EXIT_PROPERTY_NAME));
	}

	/**
	 * Whether to shut down gracefully.
	 */
	public static boolean ofShutdown(ConfigurableEnvironment environment) {
		return isOfApplication(environment) && isOn(environment, "pod-lifecycle.shutdown.enabled", true);
	}

	public static boolean isOfApplication(ConfigurableEnvironment environment) {
		return isOn(environment, ENABLED, true) && !isOn(environment, "spring.aot.processing", false)
				&& OF_SPRING_CLOUD.stream().noneMatch(environment.getPropertySources()::contains);
	}

	/**
	 * Whether the end of the application is that of its process: neither in a test, nor
	 * in a training run, nor in an external servlet container.
	 */
	public static boolean isProcess(ConfigurableApplicationContext context) {
		return ofRun(context.getEnvironment()) && !isInContainer(context);
	}

	private static boolean isInContainer(ConfigurableApplicationContext context) {
		return SERVLETS_PRESENT && Servlets.isInContainer(context);
	}

	/**
	 * Whether this is no test, or one that asks for the real thing.
	 */
	public static boolean isAllowedHere(Environment environment) {
		return !environment.containsProperty(TEST) || isOn(environment, ENABLED_IN_TESTS, false);
	}

	private static boolean isOn(Environment environment, String property, boolean defaultValue) {
		return environment.getProperty(property, Boolean.class, defaultValue);
	}

	/** Loaded only where there are servlets. */
	private static final class Servlets {

		/** There the context has its servlet context before it is refreshed. */
		static boolean isInContainer(ConfigurableApplicationContext context) {
			return context instanceof WebApplicationContext webContext && webContext.getServletContext() != null;
		}

	}

}
