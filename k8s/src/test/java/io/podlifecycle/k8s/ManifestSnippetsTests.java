package io.podlifecycle.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The manifests that the documentation shows are those that the tests apply.
 */
class ManifestSnippetsTests {

	private static final Pattern SNIPPET = Pattern.compile("```yaml\\R(?!pod-lifecycle:)(.*?)```", Pattern.DOTALL);

	@Test
	void everySnippetStandsInAManifest() throws IOException {
		String manifests = manifests();
		List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("..", "docs", "kubernetes.md")))
			.results()
			.map((MatchResult match) -> withoutIndentation(match.group(1)))
			.toList();
		assertThat(snippets).isNotEmpty().allSatisfy((snippet) -> assertThat(manifests).contains(snippet));
	}

	private static String manifests() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(""), 3)) {
			return files.filter((file) -> !file.startsWith("target") && file.toString().endsWith(".yaml"))
				.map(ManifestSnippetsTests::read)
				.collect(Collectors.joining("\n---\n"));
		}
	}

	private static String read(Path file) {
		try {
			return withoutIndentation(Files.readString(file));
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
