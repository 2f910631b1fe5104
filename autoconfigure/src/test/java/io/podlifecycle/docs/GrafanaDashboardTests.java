package io.podlifecycle.docs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard asks for what the library registers, by the names that Prometheus knows,
 * and for all of it.
 */
class GrafanaDashboardTests {

	private static final Pattern METRIC = Pattern.compile("\\b(pod_lifecycle_\\w+)");

	private static final Pattern SAMPLE = Pattern.compile("^(pod_lifecycle_\\w+)(?:\\{([^}]*)})? ", Pattern.MULTILINE);

	private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

	private final String dashboard = Snippet.read(Path.of("..", "docs", "grafana-dashboard.json"));

	private final Set<String> registered = new TreeSet<>();

	private final Set<String> labels = new TreeSet<>(Set.of("instance", "job"));

	@Test
	void asksForWhatIsRegisteredAndForAllOfIt() {
		scrape();
		Set<String> asked = METRIC.matcher(this.dashboard)
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toSet());
		assertThat(this.registered).containsAll(asked);
		// What happens within an observation is for traces; that it is counted is
		// Micrometer's doing.
		this.registered.remove("pod_lifecycle_shutdown_draining_total");
		assertThat(asked.stream().map(GrafanaDashboardTests::meter))
			.containsAll(this.registered.stream().map(GrafanaDashboardTests::meter).toList());
	}

	@Test
	void groupsByLabelsThatAreThere() {
		scrape();
		assertThat(GROUPING.matcher(this.dashboard)
			.results()
			.flatMap((match) -> List.of(match.group(1).split(", ")).stream())).isNotEmpty()
			.allSatisfy((label) -> assertThat(this.labels).contains(label));
	}

	@Test
	@SuppressWarnings("unchecked")
	void isADashboardWithoutOverlaps() {
		Map<String, Object> json = JsonParserFactory.getJsonParser().parseMap(this.dashboard);
		assertThat(json).containsEntry("title", "Pod life cycle").containsEntry("uid", "pod-lifecycle");
		List<Map<String, Object>> panels = (List<Map<String, Object>>) json.getOrDefault("panels", List.of());
		assertThat(panels).hasSizeGreaterThan(5).allSatisfy((panel) -> {
			assertThat(panel).containsKeys("title", "description", "targets");
			Map<String, Object> grid = (Map<String, Object>) panel.getOrDefault("gridPos", Map.of());
			assertThat((Integer) grid.getOrDefault("x", 0) + (Integer) grid.getOrDefault("w", 99))
				.isLessThanOrEqualTo(24);
		});
		assertThat(panels).extracting((panel) -> panel.get("id")).doesNotHaveDuplicates();
	}

	private static String meter(String name) {
		return name.replaceAll("_(seconds_)?(count|sum|max|total)$", "");
	}

	private void scrape() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		new ApplicationContextRunner().withBean("registry", MeterRegistry.class, () -> registry)
			.withInitializer(GrafanaDashboardTests::waitForNothing)
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, PodLifecycleAutoConfiguration.class,
							PodLifecycleMetricsAutoConfiguration.class, ObservationAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed());
		SAMPLE.matcher(registry.scrape()).results().forEach((sample) -> {
			this.registered.add(sample.group(1));
			if (sample.group(2) != null) {
				Pattern.compile("(\\w+)=\"")
					.matcher(sample.group(2))
					.results()
					.forEach((label) -> this.labels.add(label.group(1)));
			}
		});
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
