package io.podlifecycle.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard asks for what the library registers, by the names that Prometheus knows,
 * and for all of it.
 */
class GrafanaDashboardTests {

	private static final Pattern METRIC = Pattern.compile("\\b(pod_lifecycle_\\w+)");

	private static final Set<String> TARGET_LABELS = Set.of("instance", "job");

	private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

	private final String dashboard = Snippet.read(Path.of("..", "docs", "grafana-dashboard.json"));

	private final RegisteredMeters meters = RegisteredMeters.scrape();

	@Test
	void asksForWhatIsRegisteredAndForAllOfIt() {
		Set<String> asked = METRIC.matcher(this.dashboard)
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toSet());
		Set<String> registered = new TreeSet<>(this.meters.names());
		assertThat(registered).containsAll(asked);
		// What happens within an observation is for traces; that it is counted is
		// Micrometer's doing.
		registered.remove("pod_lifecycle_shutdown_draining_total");
		assertThat(asked.stream().map(GrafanaDashboardTests::meter))
			.containsAll(registered.stream().map(GrafanaDashboardTests::meter).toList());
	}

	@Test
	void groupsByLabelsThatAreThere() {
		assertThat(GROUPING.matcher(this.dashboard)
			.results()
			.flatMap((match) -> List.of(match.group(1).split(", ")).stream())).isNotEmpty()
			.allMatch((label) -> this.meters.labels().contains(label) || TARGET_LABELS.contains(label));
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

}
