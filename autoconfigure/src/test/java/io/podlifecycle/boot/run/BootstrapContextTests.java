package io.podlifecycle.boot.run;

import java.util.Map;

import io.podlifecycle.boot.Activation;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.GenericWebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where an application is made, or its environment looked for, there is no wait.
 */
class BootstrapContextTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@Test
	void elsewhereThereIs() {
		assertThat(Activation.ofStartup(this.environment)).isTrue();
	}

	/** It has no public name but this: {@code BootstrapApplicationListener}. */
	@Test
	void notInTheBootstrapContextOfSpringCloud() {
		add("bootstrap", Map.of("spring.config.name", "bootstrap"));
		assertThat(Activation.ofStartup(this.environment)).isFalse();
	}

	/** Nor this: {@code LegacyContextRefresher}. */
	@Test
	void notWhereSpringCloudRefreshesTheEnvironment() {
		add("refreshArgs", Map.of("spring.main.web-application-type", "NONE"));
		assertThat(Activation.ofStartup(this.environment)).isFalse();
		assertThat(Activation.ofShutdown(this.environment)).isFalse();
	}

	@Test
	void notWhileTheApplicationIsProcessedAheadOfTime() {
		add("aot", Map.of("spring.aot.processing", "true"));
		assertThat(Activation.ofStartup(this.environment)).isFalse();
	}

	/** Of {@code spring.properties}, or of the JVM. */
	@Test
	void notInATrainingRun() {
		SpringProperties.setProperty("spring.context.exit", "onRefresh");
		try {
			assertThat(Activation.ofStartup(this.environment)).isFalse();
			assertThat(Activation.isProcess(new GenericApplicationContext())).isFalse();
		}
		finally {
			SpringProperties.setProperty("spring.context.exit", null);
		}
	}

	/** Spring does not read it there, so the application goes on. */
	@Test
	void aPropertyOfTheApplicationMakesNoTrainingRun() {
		add("training", Map.of("spring.context.exit", "onRefresh"));
		assertThat(Activation.ofStartup(this.environment)).isTrue();
	}

	/** There the servlet context is known before the context is refreshed. */
	@Test
	void inAnExternalServletContainerTheProcessIsNotThatOfTheApplication() {
		GenericWebApplicationContext context = new GenericWebApplicationContext();
		assertThat(Activation.isProcess(context)).isTrue();
		context.setServletContext(new MockServletContext());
		assertThat(Activation.isProcess(context)).isFalse();
		assertThat(Activation.ofShutdown(this.environment)).isTrue();
	}

	private void add(String name, Map<String, Object> properties) {
		this.environment.getPropertySources().addFirst(new MapPropertySource(name, properties));
	}

}
