package io.podlifecycle.boot.shutdown;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code BootShutdownHook} reads from an inner class of Spring Boot. Real
 * applications are started, since only these show whether Spring Boot still has it: they
 * take some tenths of a second.
 */
class BootShutdownHookTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void closesWhatSpringApplicationRunsUnlessItOptedOut(boolean registered) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(registered);
		try (ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off")) {
			assertThat(BootShutdownHook.closes(context))
				.as("Spring Boot's shutdown hook closes the context. If not as expected, the inner classes of "
						+ "SpringApplicationShutdownHook have changed: adapt BootShutdownHook to this version")
				.isEqualTo(registered);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
