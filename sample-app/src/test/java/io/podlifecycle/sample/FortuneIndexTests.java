package io.podlifecycle.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FortuneIndexTests {

	@TempDir
	private Path directory = Path.of(".");

	@Test
	void isMadeOnceAndReadAfterwards() throws IOException {
		FortuneIndex index = new FortuneIndex(this.directory.resolve("index"));
		index.afterPropertiesSet();
		index.afterPropertiesSet();
		assertThat(this.directory.resolve("index/fortunes")).isNotEmptyFile();
	}

	@Test
	void thatIsCorruptEndsTheStart() throws IOException {
		Files.writeString(this.directory.resolve("fortunes"), "half of it");
		assertThatIllegalStateException().isThrownBy(() -> new FortuneIndex(this.directory).afterPropertiesSet())
			.withMessageContaining("is corrupt");
	}

}
