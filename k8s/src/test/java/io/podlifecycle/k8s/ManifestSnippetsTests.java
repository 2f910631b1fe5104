package io.podlifecycle.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The manifests that the documentation shows are those that the tests apply, or at least
 * such that a server would take. A step of a workflow is none.
 */
class ManifestSnippetsTests {

	private static final Pattern SNIPPET = Pattern
		.compile("```yaml\\R(?!(?:pod-lifecycle|management|server|spring|- name):)(.*?)```", Pattern.DOTALL);

	private static final Pattern HELM = Pattern.compile("```text\\R([^`]*\\{\\{ \\.Values[^`]*)```");

	@Test
	void everySnippetStandsInAManifest() throws IOException {
		String manifests = manifests();
		List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("..", "docs", "kubernetes.md")))
			.results()
			.map((MatchResult match) -> withoutIndentation(match.group(1)))
			.toList();
		assertThat(snippets).isNotEmpty().allSatisfy((snippet) -> assertThat(manifests).contains(snippet));
	}

	static Stream<String> fragments() throws IOException {
		try (Stream<Path> pages = Files.walk(Path.of("..", "docs"))) {
			return pages.filter((page) -> page.toString().endsWith(".md") && !page.toString().endsWith("kubernetes.md"))
				.sorted()
				.flatMap((page) -> SNIPPET.matcher(text(page)).results().map((match) -> match.group(1)))
				.toList()
				.stream();
		}
	}

	/**
	 * Elsewhere a snippet is a part of a pod: its metadata, its specification, or a
	 * container's.
	 */
	@ParameterizedTest
	@MethodSource("fragments")
	void everyOtherSnippetIsAPartOfAPod(String fragment) {
		assertThat(StrictModel.parse(pod(fragment))).isNotNull();
	}

	static Stream<String> helmTemplates() throws IOException {
		return HELM.matcher(Files.readString(Path.of("..", "docs", "kubernetes.md")))
			.results()
			.map((match) -> match.group(1));
	}

	/**
	 * With one value for both: a number for the kubelet, a string for the application.
	 */
	@ParameterizedTest
	@MethodSource("helmTemplates")
	void everyHelmTemplateIsAPartOfAPodOnceItIsRendered(String template) {
		String rendered = template.replaceAll("\\{\\{ \\.Values\\.\\w+ \\| quote }}", "\"40\"")
			.replaceAll("\\{\\{ \\.Values\\.\\w+ }}", "40");
		Pod pod = (Pod) StrictModel.parse(pod(rendered));
		assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(40);
		assertThat(pod.getSpec().getContainers().get(0).getEnv()).extracting(EnvVar::getValue).containsExactly("40");
	}

	@Test
	void whatIsNoPartOfAPodIsNoticed() {
		assertThatIllegalArgumentException().isThrownBy(() -> StrictModel.parse(pod("lifecycle:\n  preStart: {}\n")));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> pod(String fragment) {
		Map<String, Object> part = new KubernetesSerialization().unmarshal(fragment, Map.class);
		Map<String, Object> container = new HashMap<>(Map.of("name", "app", "image", "app"));
		Map<String, Object> spec = new HashMap<>(Map.of("containers", List.of(container)));
		Map<String, Object> pod = new HashMap<>(Map.of("apiVersion", "v1", "kind", "Pod", "spec", spec));
		(part.containsKey("metadata") ? pod : part.containsKey("lifecycle") ? container : spec).putAll(part);
		return pod;
	}

	private static String manifests() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(""), 3)) {
			return files.filter((file) -> !file.startsWith("target") && file.toString().endsWith(".yaml"))
				.map(ManifestSnippetsTests::read)
				.collect(Collectors.joining("\n---\n"));
		}
	}

	private static String read(Path file) {
		return withoutIndentation(text(file));
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A patch inside a kustomization is indented further than the same in a file. */
	private static String withoutIndentation(String text) {
		return text.lines().map(String::strip).collect(Collectors.joining("\n"));
	}

}
