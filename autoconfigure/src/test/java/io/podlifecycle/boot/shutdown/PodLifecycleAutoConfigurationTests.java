package io.podlifecycle.boot.shutdown;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.actuate.PodLifecycleActuatorAutoConfiguration;
import io.podlifecycle.actuate.PodLifecycleHealthIndicator;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.InvalidPropertyFailureAnalyzer;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.Texts;
import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.shutdown.GraceBudget;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.LifecycleState;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.web.PodLifecycleWebAutoConfiguration;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes seconds, since it starts an application context for each test.
 */
@ExtendWith(OutputCaptureExtension.class)
class PodLifecycleAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(PodLifecycleAutoConfiguration.class,
			PodLifecycleActuatorAutoConfiguration.class, PodLifecycleWebAutoConfiguration.class);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(ALL)
		.withBean(ApplicationAvailabilityBean.class);

	@Test
	void isThereByDefault() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(GracefulShutdown.class)
			.hasSingleBean(SupervisedApplication.class)
			.hasSingleBean(PodLifecycleHealthIndicator.class)
			.doesNotHaveBean("podLifecycleTomcatConnections")
			.doesNotHaveBean("podLifecycleRequestTrackingFilter"));
	}

	@Test
	void tracksRequestsOfAServletApplication() {
		new WebApplicationContextRunner().withConfiguration(ALL)
			.run((context) -> assertThat(context).hasBean("podLifecycleRequestTrackingFilter"));
	}

	@Test
	void tracksRequestsOfAReactiveApplication() {
		new ReactiveWebApplicationContextRunner().withConfiguration(ALL)
			.run((context) -> assertThat(context).hasBean("podLifecycleRequestTrackingWebFilter")
				.hasBean("podLifecycleNettyConnections")
				.doesNotHaveBean("podLifecycleRequestTrackingFilter"));
	}

	@Test
	void aServerWhoseConnectionsNobodyCountsHasADelayToo() {
		ClassLoader unknown = new FilteredClassLoader(TomcatWebServer.class, JettyWebServer.class, HttpServer.class);
		new WebApplicationContextRunner().withConfiguration(ALL)
			.withClassLoader(unknown)
			.run((context) -> assertThat(context).hasSingleBean(Connections.class));
		new ReactiveWebApplicationContextRunner().withConfiguration(ALL)
			.withClassLoader(unknown)
			.run((context) -> assertThat(context).hasSingleBean(Connections.class)
				.doesNotHaveBean("podLifecycleNettyConnections"));
	}

	@Test
	void jettyNeedsNoHttp2() {
		new WebApplicationContextRunner().withConfiguration(ALL)
			.withClassLoader(new FilteredClassLoader(HTTP2Connection.class))
			.run((context) -> assertThat(context).hasBean("podLifecycleJettyConnections")
				.doesNotHaveBean("podLifecycleJettyGoAwaySender"));
	}

	@Test
	void canBeSwitchedOffAltogether() {
		this.contextRunner.withPropertyValues("pod-lifecycle.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(GracefulShutdown.class)
				.doesNotHaveBean(PodLifecycleHealthIndicator.class));
	}

	@Test
	void gracefulShutdownCanBeSwitchedOff() {
		this.contextRunner.withPropertyValues("pod-lifecycle.shutdown.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(GracefulShutdown.class)
				.hasSingleBean(PodLifecycleHealthIndicator.class));
	}

	@Test
	void worksWithoutActuator() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(HealthEndpointGroupsPostProcessor.class))
			.run((context) -> assertThat(context).hasSingleBean(GracefulShutdown.class)
				.doesNotHaveBean(PodLifecycleHealthIndicator.class));
	}

	@Test
	void aBareNumberIsANumberOfSeconds() {
		this.contextRunner
			.withPropertyValues("pod-lifecycle.shutdown.grace-period=60", "pod-lifecycle.shutdown.reserve=3",
					"pod-lifecycle.shutdown.propagation.max=20")
			.run((context) -> {
				GraceBudget budget = context.getBean(ShutdownSettings.class).budget();
				assertThat(budget.gracePeriod()).isEqualTo(Duration.ofMinutes(1));
				assertThat(budget.leastDrain()).isEqualTo(Duration.ofSeconds(60 - 3 - 20 - 5));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "grace-period=8s", "grace-period=-5s", "reserve=-1s", "drain-timeout=40s",
			"propagation.min=20s", "streams.spread=100s" })
	void whatItSaysOfAPropertyIsNotTheTextOfARecordOrADuration(String property, CapturedOutput output) {
		for (String platform : List.of("kubernetes", "none")) {
			this.contextRunner.withConfiguration(AutoConfigurations.of(PodLifecycleAutoConfiguration.class))
				.withPropertyValues("pod-lifecycle.shutdown." + property, "spring.main.cloud-platform=" + platform)
				.run((context) -> {
					if (context.getStartupFailure() != null) {
						FailureAnalysis analysis = new InvalidPropertyFailureAnalyzer(new StandardEnvironment())
							.analyze(context.getStartupFailure());
						assertThat(analysis).isNotNull();
						assertThat(analysis.getDescription() + analysis.getAction()).contains("Value: ")
							.matches((text) -> !Texts.isOfARecordOrADuration(text));
					}
				});
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains(" WARN ")))
			.noneMatch(Texts::isOfARecordOrADuration);
	}

	@Test
	void aGracePeriodWithoutAValueIsNotSet() {
		this.contextRunner
			.withPropertyValues("spring.main.cloud-platform=kubernetes", "pod-lifecycle.shutdown.grace-period=")
			.run((context) -> assertThat(context.getBean(ShutdownSettings.class).budget().preStopAssumed()).isTrue());
	}

	@Test
	void theDelayIsForKubernetes() {
		this.contextRunner.run((context) -> assertThat(context.getBean(ShutdownSettings.class).propagation())
			.isEqualTo(Propagation.NOT_ON_KUBERNETES));
		this.contextRunner.withPropertyValues("spring.main.cloud-platform=kubernetes")
			.run((context) -> assertThat(context.getBean(ShutdownSettings.class).propagation())
				.isEqualTo(Propagation.PENDING));
		this.contextRunner.withPropertyValues("pod-lifecycle.shutdown.propagation.when=always")
			.run((context) -> assertThat(context.getBean(ShutdownSettings.class).propagation())
				.isEqualTo(Propagation.PENDING));
		this.contextRunner
			.withPropertyValues("spring.main.cloud-platform=kubernetes",
					"pod-lifecycle.shutdown.propagation.when=never")
			.run((context) -> assertThat(context.getBean(ShutdownSettings.class).propagation())
				.isEqualTo(Propagation.DISABLED));
	}

	@Test
	void aFloorAboveTheCapIsRefused() {
		this.contextRunner.withPropertyValues("pod-lifecycle.shutdown.propagation.min=20s")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(InvalidPropertyException.class)
				.hasMessageContaining("it is longer than propagation.max = 10.000 s"));
	}

	@Test
	void theDefaultFloorIsLoweredToTheCap() {
		this.contextRunner.withPropertyValues("pod-lifecycle.shutdown.propagation.max=3s")
			.run((context) -> assertThat(context.getBean(ShutdownSettings.class).delay().min())
				.isEqualTo(Duration.ofSeconds(3)));
	}

	@Test
	void negativeDurationsAreRefused() {
		this.contextRunner.withPropertyValues("pod-lifecycle.shutdown.reserve=-1s")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessage("'pod-lifecycle.shutdown.reserve' cannot be used: it must not be negative"));
	}

	@Test
	void readinessThatWasRefusedStaysRefused() {
		this.contextRunner.run((context) -> {
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
			context.getBean(IrrevocableReadiness.class).refuse();
			context.getBean(IrrevocableReadiness.class).announce();
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			assertThat(context.getBean(PodLifecycleHealthIndicator.class).health().getStatus())
				.isEqualTo(Status.OUT_OF_SERVICE);
		});
	}

	@Test
	void aServletServerWhoseConnectionsNobodyCountsStillHasADelay() {
		new WebApplicationContextRunner().withConfiguration(ALL)
			.withClassLoader(new FilteredClassLoader(TomcatWebServer.class, JettyWebServer.class))
			.run((context) -> assertThat(context).hasSingleBean(Connections.class)
				.doesNotHaveBean("podLifecycleTomcatConnections")
				.doesNotHaveBean("podLifecycleJettyConnections"));
	}

	@Test
	void anUnsetTimeoutOfAShutdownPhaseBecomesWhatIsLeft() {
		assertThat(phaseTimeoutAfterClose()).isBetween(20_000L, 28_000L);
	}

	@Test
	void aChosenTimeoutOfAShutdownPhaseIsOnlyLowered() {
		assertThat(phaseTimeoutAfterClose("spring.lifecycle.timeout-per-shutdown-phase=3s")).isEqualTo(3000);
		assertThat(phaseTimeoutAfterClose("spring.lifecycle.timeout-per-shutdown-phase=5m")).isBetween(20_000L,
				28_000L);
	}

	@Test
	void withGracefulShutdownOffTheTimeoutOfAShutdownPhaseIsLeftAlone() {
		assertThat(phaseTimeoutAfterClose("pod-lifecycle.shutdown.enabled=false")).isEqualTo(30_000);
	}

	private long phaseTimeoutAfterClose(String... properties) {
		long[] timeout = new long[1];
		this.contextRunner.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class))
			.withPropertyValues(properties)
			.run((context) -> {
				DefaultLifecycleProcessor processor = context.getBean(DefaultLifecycleProcessor.class);
				context.getSourceApplicationContext().close();
				Object value = new DirectFieldAccessor(processor).getPropertyValue("timeoutPerShutdownPhase");
				assertThat(value).isNotNull();
				timeout[0] = (long) value;
			});
		return timeout[0];
	}

	@Test
	void theCloseOfTheContextDrains() {
		this.contextRunner.run((context) -> {
			SupervisedApplication application = context.getBean(SupervisedApplication.class);
			GracefulShutdown shutdown = context.getBean(GracefulShutdown.class);
			assertThat(application.lifecycle().state()).isEqualTo(LifecycleState.STARTING);
			assertThat(shutdown.report()).isEmpty();
			context.getSourceApplicationContext().close();
			assertThat(application.lifecycle().state()).isEqualTo(LifecycleState.TERMINATED);
			assertThat(shutdown.report()).isPresent();
		});
	}

}
