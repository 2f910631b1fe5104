package io.podlifecycle.rehearsal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.podlifecycle.rehearsal.pod.PodSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What runs in a pod.
 */
final class ApplicationOptions {

	@Option(names = "--main-class", paramLabel = "NAME", description = "Run this class of --class-path, not a jar.")
	private @Nullable String mainClass;

	@Option(names = "--class-path", paramLabel = "PATH", description = "Where the class is.")
	private @Nullable String classPath;

	@Option(names = "--java-home", paramLabel = "DIRECTORY", description = "Java installation to run with.")
	private @Nullable Path javaHome;

	@Option(names = "--jvm", paramLabel = "OPTION", description = "Option of the JVM; may be given again.")
	private List<String> jvm = new ArrayList<>();

	@Option(names = "--env", paramLabel = "NAME=VALUE", description = "Environment variable; may be given again.")
	private Map<String, String> env = new LinkedHashMap<>();

	/**
	 * Begin the description of a pod.
	 * @param jar the jar, if one is given
	 * @param arguments the arguments of the application
	 * @param fillIn replaces placeholders
	 */
	PodSpec.Builder pod(@Nullable Path jar, List<String> arguments, UnaryOperator<String> fillIn) {
		PodSpec.Builder pod = launch(jar);
		if (this.javaHome != null) {
			pod.javaHome(this.javaHome);
		}
		this.jvm.forEach((option) -> pod.jvmOption(fillIn.apply(option)));
		arguments.forEach((argument) -> pod.argument(fillIn.apply(argument)));
		this.env.forEach((name, value) -> pod.environment(name, fillIn.apply(value)));
		return pod;
	}

	private PodSpec.Builder launch(@Nullable Path jar) {
		if (this.mainClass != null && this.classPath != null && jar == null) {
			return PodSpec.mainClass(this.mainClass, this.classPath);
		}
		if (this.mainClass != null || jar == null) {
			throw new UsageException("Either APP.jar, or --main-class and --class-path are needed");
		}
		if (!Files.isRegularFile(jar)) {
			throw new UsageException("There is no file " + jar.toAbsolutePath() + ": is the app built?");
		}
		return PodSpec.jar(jar);
	}

}
