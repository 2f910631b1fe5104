package io.podlifecycle.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.podlifecycle.journal.ScratchDirectories.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ScratchDirectoriesTests {

	private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.007Z");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path volume;

	@SuppressWarnings("NullAway.Init")
	private Path scratch;

	@BeforeEach
	void resolveLinks() throws IOException {
		this.volume = this.volume.toRealPath();
		this.scratch = this.volume.resolve("cache");
	}

	@Test
	void aDirectoryIsRenamedAndIsThereAgainEmptyAndWithTheSamePermissions() throws IOException {
		fill("old");
		Files.setPosixFilePermissions(this.scratch, PosixFilePermissions.fromString("rwxrwx---"));
		Outcome outcome = setAside(0, NOW);
		Path aside = this.volume.resolve("cache.aside-20261122T100000007Z");
		assertThat(outcome.moved()).containsExactly(aside);
		assertThat(outcome.problems()).isEmpty();
		assertThat(aside.resolve("index")).hasContent("old");
		assertThat(this.scratch).isEmptyDirectory();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.scratch))).isEqualTo("rwxrwx---");
	}

	@Test
	void theOldestBeyondKeepAreDeletedAndNothingElse() throws IOException {
		Path similar = Files.createDirectory(this.volume.resolve("cache.aside-by-hand"));
		Path another = Files.createDirectory(this.volume.resolve("cache2.aside-20200101T000000000Z"));
		for (int i = 0; i < 4; i++) {
			fill("number " + i);
			setAside(2, NOW.plusSeconds(i));
		}
		assertThat(aside()).containsExactly("cache.aside-20261122T100002007Z", "cache.aside-20261122T100003007Z");
		assertThat(similar).exists();
		assertThat(another).exists();
	}

	@Test
	void keepZeroKeepsAll() throws IOException {
		for (int i = 0; i < 4; i++) {
			fill("number " + i);
			setAside(0, NOW.plusSeconds(i));
		}
		assertThat(aside()).hasSize(4);
	}

	@Test
	void aDeletionDoesNotFollowLinks() throws IOException {
		Path precious = Files.createDirectory(this.volume.resolve("precious"));
		Files.writeString(precious.resolve("file"), "precious");
		fill("first");
		Files.createSymbolicLink(this.scratch.resolve("link"), precious);
		setAside(1, NOW);
		fill("second");
		setAside(1, NOW.plusSeconds(1));
		assertThat(aside()).hasSize(1);
		assertThat(precious.resolve("file")).hasContent("precious");
	}

	@Test
	void aLinkIsAProblemAndWhatItLeadsToAndWhatIsBesideThatStays(@TempDir Path elsewhere) throws IOException {
		Path older = Files.createDirectory(elsewhere.resolve("precious.aside-20200101T000000000Z"));
		Path precious = Files.createDirectory(elsewhere.resolve("precious"));
		Path index = Files.writeString(precious.resolve("index"), "old");
		Files.createSymbolicLink(this.scratch, precious);
		Path link = Files.createSymbolicLink(this.volume.resolve("link"), elsewhere);
		Outcome outcome = new ScratchDirectories(List.of(this.scratch, link.resolve("precious")), 1).setAside(NOW);
		assertThat(outcome.moved()).isEmpty();
		assertThat(outcome.problems()).hasSize(2)
			.allSatisfy((problem) -> assertThat(problem).contains("is a symbolic link, name what it leads to"));
		assertThat(index).hasContent("old");
		assertThat(older).exists();
	}

	@Test
	void whatIsNotThereOrIsEmptyStaysAsItIs() throws IOException {
		assertThat(setAside(1, NOW).moved()).isEmpty();
		Files.createDirectory(this.scratch);
		Outcome outcome = setAside(1, NOW);
		assertThat(outcome.moved()).isEmpty();
		assertThat(outcome.problems()).isEmpty();
	}

	@Test
	void aFileIsAProblemAndTheOthersAreSetAsideAllTheSame() throws IOException {
		Path file = Files.writeString(this.volume.resolve("file"), "no directory");
		fill("old");
		Outcome outcome = new ScratchDirectories(List.of(file, this.scratch), 0).setAside(NOW);
		assertThat(outcome.problems()).singleElement().asString().contains(file + " cannot be set aside");
		assertThat(outcome.moved()).hasSize(1);
		assertThat(file).hasContent("no directory");
	}

	/** Renaming fails here as it does for a mount point. */
	@Test
	void theContentOfADirectoryThatCannotBeRenamedIsMovedIntoASubdirectory() throws IOException {
		for (int i = 0; i < 3; i++) {
			fill("number " + i);
			Files.createDirectories(this.scratch.resolve("lost+found"));
			Instant now = NOW.plusSeconds(i);
			Path taken = this.volume.resolve("cache.aside-20261122T10000" + i + "007Z");
			Files.writeString(taken, "in the way");
			Outcome outcome = setAside(2, now);
			assertThat(outcome.problems()).isEmpty();
			Path aside = this.scratch.resolve(".aside-20261122T10000" + i + "007Z");
			assertThat(outcome.moved()).containsExactly(aside);
			assertThat(aside.resolve("index")).hasContent("number " + i);
			assertThat(this.scratch.resolve("index")).doesNotExist();
		}
		assertThat(this.scratch).isDirectoryNotContaining("glob:**.aside-20261122T100000007Z")
			.isDirectoryContaining("glob:**.aside-20261122T100001007Z")
			.isDirectoryContaining("glob:**.aside-20261122T100002007Z")
			.isDirectoryContaining("glob:**lost+found");
	}

	private Outcome setAside(int keep, Instant now) {
		return new ScratchDirectories(List.of(this.scratch), keep).setAside(now);
	}

	private void fill(String content) throws IOException {
		Files.createDirectories(this.scratch.resolve("segments"));
		Files.writeString(this.scratch.resolve("index"), content);
		Files.writeString(this.scratch.resolve("segments/1"), content);
	}

	private List<String> aside() throws IOException {
		try (Stream<Path> children = Files.list(this.volume)) {
			return children.map((child) -> child.getFileName().toString())
				.filter((name) -> name.matches("cache\\.aside-\\d.*"))
				.sorted()
				.toList();
		}
	}

}
