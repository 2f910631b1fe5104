package io.podlifecycle.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Libraries that change every application which has them on its class path, so that they
 * are not on that of the tests. The build copies them before the integration tests.
 */
public final class SetUpJars {

	private static final Path FOLDER = Path.of("target", "set-ups");

	private SetUpJars() {
	}

	/**
	 * Add libraries to the end of a class path.
	 * @param classPath the class path
	 * @param names the names of the libraries
	 * @return the longer class path
	 */
	public static String addTo(String classPath, String... names) {
		StringBuilder longer = new StringBuilder(classPath);
		for (String name : List.of(names)) {
			Path jar = FOLDER.resolve(name + ".jar");
			if (!Files.exists(jar)) {
				throw new IllegalStateException(
						"There is no " + jar + ": 'mvn pre-integration-test' copies it, as 'mvn verify' does");
			}
			longer.append(File.pathSeparatorChar).append(jar.toAbsolutePath());
		}
		return longer.toString();
	}

}
