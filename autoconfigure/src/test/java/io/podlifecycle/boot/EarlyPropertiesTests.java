package io.podlifecycle.boot;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class EarlyPropertiesTests {

	@Test
	void areTheirDefaultsWhereNothingIsSet() {
		StartupProperties unset = new StartupProperties();
		assertThat(bind(new MapPropertySource("file", Map.of("pod-lifecycle.shutdown.grace-period", "9")), unset))
			.isSameAs(unset)
			.extracting(StartupProperties::getTimeout)
			.isEqualTo(new StartupProperties().getTimeout());
	}

	@ParameterizedTest
	@ValueSource(strings = { "pod-lifecycle.startup.timeout", "podLifecycle.startup.timeout" })
	void areReadFromAFile(String name) {
		assertThat(bind(new MapPropertySource("file", Map.of(name, "7s"))).getTimeout())
			.isEqualTo(Duration.ofSeconds(7));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PODLIFECYCLE_STARTUP_TIMEOUT", "POD_LIFECYCLE_STARTUP_TIMEOUT" })
	void areReadFromTheEnvironmentOfAPod(String name) {
		assertThat(bind(environmentOfAPod(name, "7s")).getTimeout()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void areReadFromTheEnvironmentOfAPodThoughOnlyAnEntryOfAMapIsSet() {
		assertThat(
				bind(environmentOfAPod("PODLIFECYCLE_STARTUP_DEPENDENCIES_DB_URI", "tcp://db:5432")).getDependencies())
			.containsOnlyKeys("db");
	}

	@Test
	void areReadFromASourceThatCannotSayWhatItHas() {
		PropertySource<Object> vault = new PropertySource<>("vault", new Object()) {

			@Override
			public @Nullable Object getProperty(String name) {
				return name.equals("pod-lifecycle.startup.timeout") ? "7s" : null;
			}

		};
		assertThat(bind(vault).getTimeout()).isEqualTo(Duration.ofSeconds(7));
	}

	private static PropertySource<?> environmentOfAPod(String name, String value) {
		return new SystemEnvironmentPropertySource("pod-systemEnvironment", Map.of(name, value));
	}

	private static StartupProperties bind(PropertySource<?> source) {
		return bind(source, new StartupProperties());
	}

	private static StartupProperties bind(PropertySource<?> source, StartupProperties unset) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(source);
		ConfigurationPropertySources.attach(environment);
		return EarlyProperties.bind(environment, "pod-lifecycle.startup", unset);
	}

}
