package io.podlifecycle.boot;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Lets environment variables that begin with {@code POD_LIFECYCLE} set the entries of a
 * map, as they set single values. Boot finds entries only of variables without the first
 * underscore. Called after Boot's own processor, which replaces the source of the
 * variables, and before files are read.
 */
final class MapVariablesEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String LEGACY = "POD_LIFECYCLE_STARTUP_DEPENDENCIES_";

	private static final String UNIFORM = "PODLIFECYCLE_STARTUP_DEPENDENCIES_";

	@Override
	public int getOrder() {
		return Orders.ENVIRONMENT_POST_PROCESSOR;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		PropertySource<?> source = environment.getPropertySources()
			.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		if (source instanceof SystemEnvironmentPropertySource variables) {
			Map<String, Object> entries = entries(variables.getSource());
			if (!entries.isEmpty()) {
				environment.getPropertySources().addAfter(source.getName(), new Entries(entries));
			}
		}
	}

	private static Map<String, Object> entries(Map<String, Object> variables) {
		Map<String, Object> entries = new LinkedHashMap<>();
		EnvironmentVariables.select(variables.keySet())
			.stream()
			.filter((name) -> name.startsWith(LEGACY))
			.forEach((name) -> entries.put(UNIFORM + name.substring(LEGACY.length()), variables.get(name)));
		return entries;
	}

	/** By the end of its name Boot tells that it has variables. */
	private static final class Entries extends SystemEnvironmentPropertySource implements OriginLookup<String> {

		Entries(Map<String, Object> entries) {
			super("podLifecycle-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, entries);
		}

		@Override
		public @Nullable Origin getOrigin(String key) {
			return key.startsWith(UNIFORM) ? new SystemEnvironmentOrigin(LEGACY + key.substring(UNIFORM.length()))
					: null;
		}

	}

}
