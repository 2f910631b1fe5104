package io.podlifecycle.boot.shutdown;

import java.time.Duration;

import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.PodLifecycleWebAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class StreamsAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(PodLifecycleAutoConfiguration.class,
			PodLifecycleWebAutoConfiguration.class);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(ALL);

	private final WebApplicationContextRunner servletRunner = new WebApplicationContextRunner().withConfiguration(ALL);

	private final ReactiveWebApplicationContextRunner reactiveRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(ALL);

	@Test
	void anApplicationWithoutWebHasTheRegistryOnly() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(Streams.class)
			.hasSingleBean(Participant.class)
			.doesNotHaveBean("podLifecycleMvcStreams")
			.doesNotHaveBean("podLifecycleWebFluxStreams")
			.doesNotHaveBean("podLifecycleWebSocketStreams"));
	}

	@Test
	void aServletApplicationHasItsOwn() {
		this.servletRunner.run((context) -> assertThat(context).hasBean("podLifecycleMvcStreams")
			.hasBean("podLifecycleWebSocketStreams")
			.doesNotHaveBean("podLifecycleWebFluxStreams"));
	}

	@Test
	void aReactiveApplicationHasItsOwn() {
		this.reactiveRunner.run((context) -> assertThat(context).hasBean("podLifecycleWebFluxStreams")
			.hasBean("podLifecycleReactiveWebSocketStreams")
			.doesNotHaveBean("podLifecycleMvcStreams")
			.doesNotHaveBean("podLifecycleWebSocketStreams"));
	}

	@Test
	void whatIsNotOnTheClassPathIsNotNeeded() {
		this.servletRunner
			.withClassLoader(new FilteredClassLoader(WebSocketHandler.class, WebSocketHttpRequestHandler.class))
			.run((context) -> assertThat(context).hasBean("podLifecycleMvcStreams")
				.doesNotHaveBean("podLifecycleWebSocketStreams"));
		this.servletRunner.withClassLoader(new FilteredClassLoader(WebMvcConfigurer.class))
			.run((context) -> assertThat(context).hasSingleBean(Streams.class)
				.doesNotHaveBean("podLifecycleMvcStreams"));
	}

	@Test
	void switchedOffOnlyTheRegistryForTheApplicationsOwnIsLeft() {
		this.servletRunner.withPropertyValues("pod-lifecycle.shutdown.streams.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Streams.class)
				.doesNotHaveBean("podLifecycleMvcStreams")
				.doesNotHaveBean("podLifecycleWebSocketStreams"));
		this.reactiveRunner.withPropertyValues("pod-lifecycle.shutdown.streams.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Streams.class)
				.doesNotHaveBean("podLifecycleWebFluxStreams")
				.doesNotHaveBean("podLifecycleReactiveWebSocketStreams"));
	}

	@Test
	void withTheWayOutOffThereIsNothing() {
		this.servletRunner.withPropertyValues("pod-lifecycle.shutdown.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Streams.class)
				.doesNotHaveBean("podLifecycleMvcStreams"));
	}

	@Test
	void theDefaultSpreadIsShortenedToHalfOfAShortDrain(CapturedOutput output) {
		this.contextRunner.run((context) -> assertThat(spread(context.getBean(Streams.class))).hasSeconds(2));
		this.contextRunner.withPropertyValues("pod-lifecycle.shutdown.drain-timeout=3s")
			.run((context) -> assertThat(spread(context.getBean(Streams.class))).hasMillis(1500));
		assertThat(output).doesNotContain("shrunk");
	}

	@Test
	void aSpreadThatCannotFitStopsTheStartOnKubernetes() {
		this.contextRunner
			.withPropertyValues("spring.main.cloud-platform=kubernetes", "pod-lifecycle.shutdown.grace-period=30",
					"pod-lifecycle.shutdown.streams.spread=60")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(InvalidPropertyException.class)
				.hasMessageContaining("'pod-lifecycle.shutdown.streams.spread'")
				.hasMessageContaining("longer than half of the drain"));
	}

	@Test
	void aSpreadThatCannotFitIsAWarningElsewhere(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("pod-lifecycle.shutdown.streams.spread=60", "pod-lifecycle.shutdown.drain-timeout=4s")
			.run((context) -> assertThat(spread(context.getBean(Streams.class))).hasSeconds(2));
		assertThat(output).contains("longer than half of the drain");
	}

	@Test
	void aNegativeSpreadIsRefused() {
		this.contextRunner.withPropertyValues("pod-lifecycle.shutdown.streams.spread=-1s")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("it must not be negative"));
	}

	private static Duration spread(Streams streams) {
		Object spread = new DirectFieldAccessor(streams).getPropertyValue("spread");
		assertThat(spread).isInstanceOf(Duration.class);
		return (Duration) spread;
	}

}
