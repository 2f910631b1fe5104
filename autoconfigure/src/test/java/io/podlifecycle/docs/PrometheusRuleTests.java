package io.podlifecycle.docs;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.report.Propagation;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The alerts ask for what the library registers, or for what kube-state-metrics exports.
 */
class PrometheusRuleTests {

	private static final Path FILE = Path.of("..", "docs", "prometheus-rule.yaml");

	/** Of kube-state-metrics 2.17. */
	private static final Set<String> OF_KUBE_STATE_METRICS = Set.of(
			"kube_pod_container_status_last_terminated_exitcode", "kube_pod_deletion_timestamp",
			"kube_pod_status_phase", "kube_pod_status_ready");

	private static final Set<String> TARGET_LABELS = Set.of("namespace", "job", "pod", "container", "condition",
			"phase");

	private static final Pattern METRIC = Pattern.compile("\\b(?:pod_lifecycle|kube)_\\w+");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("(?:by|on) \\(([^)]*)\\)");

	private final RegisteredMeters meters = RegisteredMeters.scrape();

	private final List<Map<String, Object>> rules = rules();

	@Test
	void asksForWhatIsThere() {
		assertThat(expressions().flatMap((text) -> METRIC.matcher(text).results().map((match) -> match.group())))
			.isNotEmpty()
			.allMatch((name) -> this.meters.names().contains(name) || OF_KUBE_STATE_METRICS.contains(name));
	}

	@Test
	void comparesAndGroupsByLabelsThatAreThere() {
		Set<String> propagations = Stream.of(Propagation.values()).map(Propagation::id).collect(Collectors.toSet());
		Map<String, Set<String>> values = new HashMap<>(Map.of("propagation", propagations, "outcome",
				Set.of("late", "cut_off"), "condition", Set.of("true", "false"), "phase", Set.of("Running")));
		expressions().forEach((text) -> {
			Matcher matcher = MATCHER.matcher(text);
			while (matcher.find()) {
				assertThat(values.get(matcher.group(1))).as(text).contains(matcher.group(2));
			}
			assertThat(GROUPING.matcher(text).results().flatMap((match) -> Stream.of(match.group(1).split(", "))))
				.as(text)
				.isNotEmpty()
				.allMatch((label) -> this.meters.labels().contains(label) || TARGET_LABELS.contains(label));
		});
	}

	@Test
	void everyAlertSaysWhatItMeansAndWhatToDo() {
		assertThat(this.rules).hasSizeGreaterThan(4).allSatisfy((rule) -> {
			assertThat(rule).containsOnlyKeys("alert", "expr", "for", "labels", "annotations");
			assertThat(map(rule.get("labels"))).containsOnlyKeys("severity");
			assertThat(map(rule.get("annotations"))).containsOnlyKeys("summary", "description");
			String text = String.valueOf(rule.get("expr"));
			assertThat(text.chars().filter((c) -> c == '(').count())
				.isEqualTo(text.chars().filter((c) -> c == ')').count());
		});
		assertThat(this.rules).extracting((rule) -> rule.get("alert")).doesNotHaveDuplicates();
	}

	/** Its counters have a single sample, that of the last scrape: no increase. */
	@Test
	void whatIsCountedInAShutdownIsNotAskedForItsIncrease() {
		String dashboard = Snippet.read(FILE.resolveSibling("grafana-dashboard.json"));
		assertThat(Stream.concat(expressions(), Stream.of(dashboard)))
			.noneMatch((text) -> text.matches("(?s).*(?:increase|rate)\\(pod_lifecycle_shutdown_.*"));
	}

	private Stream<String> expressions() {
		return this.rules.stream().map((rule) -> String.valueOf(rule.get("expr")));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		return (Map<String, Object>) value;
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> rules() {
		Map<String, Object> resource = new Yaml(new SafeConstructor(new LoaderOptions())).load(Snippet.read(FILE));
		assertThat(resource).containsOnlyKeys("apiVersion", "kind", "metadata", "spec")
			.containsEntry("apiVersion", "monitoring.coreos.com/v1")
			.containsEntry("kind", "PrometheusRule");
		return ((List<Map<String, Object>>) map(resource.get("spec")).get("groups")).stream()
			.flatMap((group) -> ((List<Map<String, Object>>) group.get("rules")).stream())
			.toList();
	}

}
