package io.podlifecycle.metrics;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class PodLifecycleObservationAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(PodLifecycleAutoConfiguration.class,
				ObservationAutoConfiguration.class, PodLifecycleMetricsAutoConfiguration.class));

	@Test
	void aShutdownIsObservedFromItsBeginningToTheEndOfItsDrain() {
		Recorder recorder = new Recorder();
		this.contextRunner.withBean(Recorder.class, () -> recorder)
			.run((context) -> assertThat(recorder.seen).isEmpty());
		assertThat(recorder.seen).containsExactly("start of pod shutdown, pod.lifecycle.shutdown", "draining", "stop");
		assertThat(recorder.keyValues).containsExactlyInAnyOrder(KeyValue.of("trigger", "context_closed"),
				KeyValue.of("propagation", "not_on_kubernetes"), KeyValue.of("arrived", "0"), KeyValue.of("peers", "0"),
				KeyValue.of("peers_sending", "0"), KeyValue.of("cut_off", "0"));
	}

	@Test
	void whereThereAreMetersItIsATimer() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.contextRunner.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class))
			.withBean("registry", MeterRegistry.class, () -> registry)
			.run((context) -> assertThat(registry.find("pod.lifecycle.shutdown").timer()).isNull());
		assertThat(registry.get("pod.lifecycle.shutdown").tag("propagation", "not_on_kubernetes").timer().count())
			.isOne();
		assertThat(registry.get("pod.lifecycle.shutdown.active").longTaskTimer().activeTasks()).isZero();
	}

	@Test
	void isNotThereWithoutMicrometerARegistryOrTheShutdown() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("podLifecycleShutdownObservation"));
		this.contextRunner.withPropertyValues("pod-lifecycle.shutdown.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ShutdownObservation.class));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PodLifecycleAutoConfiguration.class,
					PodLifecycleMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ShutdownObservation.class));
	}

	private static final class Recorder implements ObservationHandler<Observation.Context> {

		private final List<String> seen = new ArrayList<>();

		private final List<KeyValue> keyValues = new ArrayList<>();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			this.seen.add("start of " + context.getContextualName() + ", " + context.getName());
		}

		@Override
		public void onEvent(Observation.Event event, Observation.Context context) {
			this.seen.add(event.getName());
		}

		@Override
		public void onStop(Observation.Context context) {
			this.seen.add("stop");
			context.getAllKeyValues().forEach(this.keyValues::add);
		}

	}

}
