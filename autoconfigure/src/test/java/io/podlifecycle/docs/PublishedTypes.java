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
 * The public types of the library: those that are published, and those that are not.
 */
public final class PublishedTypes {

	private static final Path SOURCES = Path.of("src", "main", "java");

	private static final Pattern LISTED = Pattern.compile("^\\| `(io\\.podlifecycle\\.[\\w.]+)` \\|",
			Pattern.MULTILINE);

	private static final Pattern PUBLIC = Pattern.compile("^public ([a-z]+ )*(@?interface|class|record|enum) ",
			Pattern.MULTILINE);

	private static final Pattern INTERNAL = Pattern.compile("^@Internal$", Pattern.MULTILINE);

	private PublishedTypes() {
	}

	/**
	 * Return the names of the types that a page lists.
	 * @param page the page
	 * @return the names, in their order
	 */
	public static List<String> listed(Path page) {
		return LISTED.matcher(Snippet.read(page)).results().map((MatchResult row) -> row.group(1)).toList();
	}

	/** The public types of the sources that are not marked. */
	static List<String> unmarked() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> matches(PUBLIC, file) && !matches(INTERNAL, file))
				.map((file) -> SOURCES.relativize(file).toString().replaceAll("[/\\\\]", "."))
				.map((name) -> name.substring(0, name.length() - ".java".length()))
				.sorted()
				.toList();
		}
	}

	private static boolean matches(Pattern pattern, Path file) {
		try {
			return pattern.matcher(Files.readString(file)).find();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
