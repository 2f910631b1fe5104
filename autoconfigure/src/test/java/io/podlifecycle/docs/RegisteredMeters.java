package io.podlifecycle.docs;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.podlifecycle.boot.OnTimeout;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.boot.startup.StartupSettings;
import io.podlifecycle.boot.startup.StartupWait;
import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.earlyprobe.EarlyProbeServers;
import io.podlifecycle.metrics.PodLifecycleMetricsAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus sees of an application that has started and shut down.
 *
 * @param names the names of the samples
 * @param labels the names of their labels
 */
record RegisteredMeters(Set<String> names, Set<String> labels) {

	private static final Pattern SAMPLE = Pattern.compile("^(pod_lifecycle_\\w+)(?:\\{([^}]*)})? ", Pattern.MULTILINE);

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

	static RegisteredMeters scrape() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		new ApplicationContextRunner().withBean("registry", MeterRegistry.class, () -> registry)
			.withInitializer(RegisteredMeters::waitForNothing)
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, PodLifecycleAutoConfiguration.class,
							PodLifecycleMetricsAutoConfiguration.class, ObservationAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed());
		RegisteredMeters meters = new RegisteredMeters(new TreeSet<>(), new TreeSet<>());
		SAMPLE.matcher(registry.scrape()).results().forEach(meters::add);
		return meters;
	}

	private void add(MatchResult sample) {
		this.names.add(sample.group(1));
		if (sample.group(2) != null) {
			LABEL.matcher(sample.group(2)).results().forEach((label) -> this.labels.add(label.group(1)));
		}
	}

	/** One dependency answers and one does not, so each meter has a sample. */
	private static void waitForNothing(ConfigurableApplicationContext context) {
		context.getBeanFactory().registerSingleton("earlyProbeServers", new EarlyProbeServers());
		StartupWait wait = new StartupWait(new StartupSettings(
				List.of(dependency("db", ProbeResult.answered()), dependency("cache", ProbeResult.absent("nothing"))),
				List.of(), Duration.ofMillis(100), OnTimeout.START_UNREADY, Duration.ofSeconds(5), false));
		context.getBeanFactory().registerSingleton("wait", wait);
		wait.await(context);
	}

	private static Dependency dependency(String name, ProbeResult result) {
		return new Dependency(name, Target.of("tcp://" + name + ":80"), (timeLimit) -> result, true,
				Duration.ofMinutes(10), Duration.ofSeconds(1),
				new Backoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));
	}

}
