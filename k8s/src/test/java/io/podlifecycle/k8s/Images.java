package io.podlifecycle.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * The images that the tests' pods run.
 */
final class Images {

	static final String SAMPLE_APP = "sample-app:dev";

	static final String FORTUNE = "fortune:dev";

	static final String LOAD = "pod-lifecycle-load:dev";

	static final Path REHEARSAL = Path.of("..", "rehearsal-cli", "target", "pod-lifecycle-rehearsal-cli.jar");

	private Images() {
	}

	static void sampleApp(Cluster cluster) throws Exception {
		Path module = Path.of("..", "sample-app");
		requireBuilt(module.resolve("target/sample-app.jar"));
		cluster.image(SAMPLE_APP, module);
	}

	/** For init containers, and what shares a pod with the application. */
	static void fortune(Cluster cluster) throws Exception {
		cluster.image(FORTUNE, Path.of("images", "fortune"));
	}

	static void load(Cluster cluster) throws Exception {
		Path context = Files.createDirectories(Path.of("target", "load-image"));
		copy(REHEARSAL, context);
		try (InputStream dockerfile = Images.class.getResourceAsStream("/load/Dockerfile")) {
			Files.copy(Objects.requireNonNull(dockerfile), context.resolve("Dockerfile"),
					StandardCopyOption.REPLACE_EXISTING);
		}
		cluster.image(LOAD, context);
	}

	private static void copy(Path file, Path directory) throws IOException {
		requireBuilt(file);
		Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
	}

	private static void requireBuilt(Path file) {
		if (!Files.exists(file)) {
			throw new IllegalStateException(file + " is missing: build it with mvn -pl k8s -am verify");
		}
	}

}
