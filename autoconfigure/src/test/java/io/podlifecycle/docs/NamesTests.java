package io.podlifecycle.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code and documentation use the terms of the field, and no metaphors in their place.
 */
class NamesTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Set<String> GENERATED = Set.of("target", ".git", ".idea", "node_modules");

	private static final Pattern TEXT = Pattern.compile(".*\\.(java|md|ya?ml|json|html|css|properties|factories|xml)");

	/** What was once called so has a term of its own now. */
	private static final Pattern METAPHOR = Pattern.compile("(?i:waiting.?room|farewell|laggard|\\bknock|"
			+ "\\bmend(s|ed|ing)?\\b|\\bway out\\b|last words|\\bintake|\\bgone\\b|\\bhurry|\\bdeaf\\b|who leaves)"
			+ "|toLeave|ToLeave\\(|\\bBell\\b|\\bInTurn\\b|\\bPace\\b|\\bAnyProbe\\b|DiscreetProbe|QuietClients"
			+ "|BackgroundTries|FirstReadiness\\b|\\bReadinessGate\\b|StickyReadiness|\\bLastBytes|LastWords"
			+ "|ShutdownDoors|ShutdownMeans|ShutdownProgress|ShutdownSequence|RolloutWords|\\bLanes\\b");

	@Test
	void areThoseOfTheField() throws IOException {
		assertThat(sources().flatMap(NamesTests::metaphors)).isEmpty();
	}

	private static Stream<Path> sources() throws IOException {
		List<Path> sources = new ArrayList<>();
		Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
				return GENERATED.contains(String.valueOf(directory.getFileName())) ? FileVisitResult.SKIP_SUBTREE
						: FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				String name = String.valueOf(file.getFileName());
				if (TEXT.matcher(name).matches() && !name.equals(NamesTests.class.getSimpleName() + ".java")) {
					sources.add(file);
				}
				return FileVisitResult.CONTINUE;
			}

		});
		assertThat(sources).hasSizeGreaterThan(500);
		return sources.stream();
	}

	private static Stream<String> metaphors(Path source) {
		try {
			List<String> lines = Files.readAllLines(source);
			return IntStream.range(0, lines.size())
				.filter((index) -> METAPHOR.matcher(lines.get(index)).find())
				.mapToObj((index) -> ROOT.relativize(source) + ":" + (index + 1) + " " + lines.get(index).strip());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
