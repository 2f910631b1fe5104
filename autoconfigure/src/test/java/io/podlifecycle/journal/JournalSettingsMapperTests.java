package io.podlifecycle.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.JournalProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JournalSettingsMapperTests {

	private final JournalProperties properties = new JournalProperties();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path volume;

	@Test
	void aDirectoryBesideTheJournalIsAccepted() {
		this.properties.setScratchDirectories(List.of(this.volume.resolve("journal-of-trades"), Path.of("scratch")));
		JournalSettings settings = map();
		assertThat(settings.uncleanLimit()).isEqualTo(3);
		assertThat(settings.scratch().keep()).isEqualTo(2);
		assertThat(settings.scratch().directories()).hasSize(2);
	}

	@Test
	void aDirectoryWithTheJournalInItIsRefused() throws IOException {
		Path link = Files.createSymbolicLink(this.volume.resolve("link"), this.volume);
		assertThatIsRefused(this.volume, "journal");
		assertThatIsRefused(link, "journal");
		assertThatIsRefused(Path.of("/"), "journal");
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..", "", "/" })
	void aDirectoryWithTheWorkingDirectoryInItIsRefused(String directory) {
		assertThatIsRefused(Path.of(directory), "'pod-lifecycle.journal.scratch-directories'");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 51 })
	void aLimitThatTheJournalCannotTellIsRefused(int limit) {
		this.properties.setUncleanLimit(limit);
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(this::map)
			.withMessageContaining("pod-lifecycle.journal.unclean-limit");
	}

	@Test
	void keepIsNotNegative() {
		this.properties.setKeep(-1);
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(this::map)
			.withMessageContaining("pod-lifecycle.journal.keep");
	}

	private void assertThatIsRefused(Path directory, String words) {
		this.properties.setScratchDirectories(List.of(directory));
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(this::map).withMessageContaining(words);
	}

	private JournalSettings map() {
		return new JournalSettingsMapper(this.properties).settings(this.volume.resolve("journal"));
	}

}
