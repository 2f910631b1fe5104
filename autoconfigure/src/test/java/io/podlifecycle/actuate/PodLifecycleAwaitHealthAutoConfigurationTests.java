package io.podlifecycle.actuate;

import java.util.concurrent.TimeUnit;

import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.startup.HealthReadinessGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PodLifecycleAwaitHealthAutoConfigurationTests {

	private static final String TEST = "org.springframework.boot.test.context.SpringBootTestContextBootstrapper=true";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HealthContributorRegistryAutoConfiguration.class,
				PodLifecycleActuatorAutoConfiguration.class))
		.withBean("upHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build())
		.withBean("downHealthIndicator", HealthIndicator.class, () -> () -> Health.down().build());

	@Test
	void isNotThereByDefault() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(HealthReadinessGate.class));
	}

	@Test
	void whatIsDownIsMissing() {
		this.contextRunner.withPropertyValues("pod-lifecycle.startup.await-health=up,down").run((context) -> {
			HealthReadinessGate gate = context.getBean(HealthReadinessGate.class);
			await(() -> gate.answers().getOrDefault("up", false));
			assertThat(context.getBean(PodLifecycleHealthIndicator.class).health()).satisfies((health) -> {
				assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(health.getDetails().get("missing")).asString().contains("down").doesNotContain("up=");
			});
		});
	}

	@Test
	void aReactiveContributorCanBeNamed() {
		this.contextRunner
			.withBean("fluxHealthIndicator", ReactiveHealthIndicator.class, () -> () -> Mono.just(Health.up().build()))
			.withPropertyValues("pod-lifecycle.startup.await-health[0]=flux")
			.run((context) -> {
				HealthReadinessGate gate = context.getBean(HealthReadinessGate.class);
				await(() -> gate.missing().isEmpty());
				assertThat(context.getBean(PodLifecycleHealthIndicator.class).health().getStatus())
					.isEqualTo(Status.UP);
			});
	}

	@Test
	void aNameThatNobodyHasStopsTheStart() {
		this.contextRunner.withPropertyValues("pod-lifecycle.startup.await-health=up,dwon")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(InvalidPropertyException.class)
				.hasMessage("'pod-lifecycle.startup.await-health' cannot be used: "
						+ "there is no health contributor 'dwon'; known are down, up"));
	}

	@Test
	void withoutHealthOnTheClassPathTheStartStops() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(HealthContributorRegistry.class))
			.withPropertyValues("pod-lifecycle.startup.await-health=up")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(InvalidPropertyException.class)
				.hasMessage("'pod-lifecycle.startup.await-health' cannot be used: "
						+ "Spring Boot's health contributors are not on the class path"));
	}

	@Test
	void isOffInATestUnlessAskedFor() {
		ApplicationContextRunner test = this.contextRunner.withPropertyValues(TEST,
				"pod-lifecycle.startup.await-health=nobody");
		test.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthReadinessGate.class));
		test.withPropertyValues("pod-lifecycle.enabled-in-tests=true")
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void isOffWhereTheStartIs() {
		this.contextRunner
			.withPropertyValues("pod-lifecycle.startup.await-health=nobody", "pod-lifecycle.startup.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthReadinessGate.class));
	}

}
