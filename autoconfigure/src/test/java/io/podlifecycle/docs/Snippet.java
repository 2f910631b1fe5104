package io.podlifecycle.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a page of the documentation shows in a fenced block.
 *
 * @param page the page, relative to the root
 * @param line the line in which it begins
 * @param language what follows the fence; without it, shell or text
 * @param text its lines
 */
record Snippet(String page, long line, String language, String text) {

	static final Path ROOT = Path.of("..");

	private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

	/** Return all snippets of all pages, but those of the rehearsal, which has a test. */
	static List<Snippet> all() {
		return pages().stream().flatMap(Snippet::of).toList();
	}

	static List<Snippet> all(String language) {
		return all().stream().filter((snippet) -> snippet.language().equals(language)).toList();
	}

	/**
	 * Return the pages in the root, those of the documentation and that of the cluster.
	 */
	static List<Path> pages() {
		try (Stream<Path> root = Files.list(ROOT); Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.concat(root, docs), Stream.of(ROOT.resolve("k8s/README.md")))
				.filter((file) -> file.toString().endsWith(".md"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String read(Path page) {
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Snippet> of(Path page) {
		String text = read(page);
		return FENCE.matcher(text).results().map((MatchResult fence) -> {
			long line = text.substring(0, fence.start()).lines().count() + 1;
			String language = fence.group(1).isEmpty() ? language(fence.group(2)) : fence.group(1);
			return new Snippet(ROOT.relativize(page).toString(), line, language, fence.group(2));
		});
	}

	private static String language(String text) {
		return text.matches("(?s)(?:mvn|java|docker|kubectl) .*") ? "shell" : "text";
	}

	boolean startsWith(String key) {
		return this.text.startsWith(key + ":");
	}

	@Override
	public String toString() {
		return this.page + ":" + this.line;
	}

}
