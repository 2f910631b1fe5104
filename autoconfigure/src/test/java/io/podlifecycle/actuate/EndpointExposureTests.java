package io.podlifecycle.actuate;

import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody is told anything, or can end the application, who was not allowed to.
 */
class EndpointExposureTests {

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(PodLifecycleAutoConfiguration.class, PodLifecycleActuatorAutoConfiguration.class));

	@Test
	void byDefaultThereIsNoEndpointOfOurs() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(PodLifecycleEndpoint.class)
			.doesNotHaveBean(PreStopEndpoint.class));
	}

	@Test
	void exposingAllDoesNotExposeTheOneThatEndsTheApplication() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasSingleBean(PodLifecycleEndpoint.class)
				.doesNotHaveBean(PreStopEndpoint.class));
	}

	@Test
	void accessAloneDoesNotExposeItEither() {
		this.contextRunner.withPropertyValues("management.endpoint.prestop.access=READ_ONLY")
			.run((context) -> assertThat(context).doesNotHaveBean(PreStopEndpoint.class));
	}

	@Test
	void bothTogetherDo() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=prestop",
					"management.endpoint.prestop.access=READ_ONLY")
			.run((context) -> assertThat(context).hasSingleBean(PreStopEndpoint.class));
	}

	@Test
	void aCapOnAllAccessHolds() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=*",
					"management.endpoint.prestop.access=READ_ONLY", "management.endpoints.access.max-permitted=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(PodLifecycleEndpoint.class)
				.doesNotHaveBean(PreStopEndpoint.class));
	}

}
