package io.podlifecycle.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * A file that could be made anew at any time, and without which the application starts
 * all the same. One that cannot be read ends it: what a crash loop is made of.
 */
@Component
@ConditionalOnProperty("sample.index-directory")
class FortuneIndex implements InitializingBean {

	private static final String HEAD = "fortunes 1\n";

	private final Path file;

	FortuneIndex(@Value("${sample.index-directory}") Path directory) {
		this.file = directory.resolve("fortunes");
	}

	@Override
	public void afterPropertiesSet() throws IOException {
		if (!Files.exists(this.file)) {
			Files.createDirectories(this.file.getParent());
			Files.writeString(this.file, HEAD);
		}
		else if (!Files.readString(this.file).startsWith(HEAD)) {
			throw new IllegalStateException("The index " + this.file + " is corrupt");
		}
	}

}
