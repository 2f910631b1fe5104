package io.podlifecycle.rehearsal.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Describes and starts an {@link AppProcess}. One of {@link #jar(Path)} and
 * {@link #mainClass(String)} is needed. The process inherits the environment and the
 * working directory of this JVM, but not that SIGINT, SIGQUIT or SIGTERM are ignored,
 * where the system's {@code env} can undo it (see {@link AppProcess#canReceive}).
 * <p>
 * Not thread-safe. May be used for several processes.
 *
 * @since 0.1.0
 */
public final class AppProcessBuilder {

	private List<String> launched = List.of();

	private final List<String> jvmOptions = new ArrayList<>();

	private final List<String> arguments = new ArrayList<>();

	private final Map<String, @Nullable String> environment = new HashMap<>();

	private Path javaHome = Path.of(System.getProperty("java.home"));

	private @Nullable Path directory;

	AppProcessBuilder() {
	}

	/**
	 * Runs a jar ({@code java -jar}). Replaces a main class set before.
	 * @param jar the executable jar
	 * @return this builder
	 */
	public AppProcessBuilder jar(Path jar) {
		this.launched = List.of("-jar", jar.toAbsolutePath().toString());
		return this;
	}

	/**
	 * Runs a main class on the class path of this JVM. Replaces a jar set before.
	 * @param name the binary name of the class
	 * @return this builder
	 */
	public AppProcessBuilder mainClass(String name) {
		return mainClass(name, System.getProperty("java.class.path"));
	}

	/**
	 * Runs a main class on a class path. Replaces a jar set before.
	 * @param name the binary name of the class
	 * @param classPath the class path, its entries separated as the system does it
	 * @return this builder
	 */
	public AppProcessBuilder mainClass(String name, String classPath) {
		this.launched = List.of("-cp", classPath, name);
		return this;
	}

	/**
	 * Adds options of the JVM.
	 * @param options the options, such as {@code -Xmx128m} or {@code -Dname=value}
	 * @return this builder
	 */
	public AppProcessBuilder jvmOption(String... options) {
		this.jvmOptions.addAll(List.of(options));
		return this;
	}

	/**
	 * Adds arguments of the application.
	 * @param arguments the arguments, in order
	 * @return this builder
	 */
	public AppProcessBuilder argument(String... arguments) {
		this.arguments.addAll(List.of(arguments));
		return this;
	}

	/**
	 * Sets a variable of the process environment.
	 * @param name its name
	 * @param value its value, or {@code null} to take away one that would be inherited
	 * @return this builder
	 */
	public AppProcessBuilder environment(String name, @Nullable String value) {
		this.environment.put(name, value);
		return this;
	}

	/**
	 * Sets the Java installation to run with; that of this JVM by default.
	 * @param javaHome the directory that holds {@code bin/java}
	 * @return this builder
	 */
	public AppProcessBuilder javaHome(Path javaHome) {
		this.javaHome = javaHome;
		return this;
	}

	/**
	 * Sets the working directory; that of this JVM by default.
	 * @param directory an existing directory
	 * @return this builder
	 */
	public AppProcessBuilder directory(Path directory) {
		this.directory = directory;
		return this;
	}

	/**
	 * Starts the process. Its standard input is empty.
	 * @return the process; the caller closes it
	 * @throws IllegalStateException if neither a jar nor a main class is set
	 * @throws UncheckedIOException if the process cannot be started
	 */
	public AppProcess start() {
		if (this.launched.isEmpty()) {
			throw new IllegalStateException("Set what to run: a jar or a main class");
		}
		Path java = this.javaHome.resolve("bin").resolve("java");
		List<String> command = new ArrayList<>(IgnoredSignals.ofThisJvm().resetCommand());
		command.add(java.toString());
		command.addAll(this.jvmOptions);
		command.addAll(this.launched);
		command.addAll(this.arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
		if (this.directory != null) {
			builder.directory(this.directory.toFile());
		}
		this.environment.forEach((name, value) -> {
			if (value != null) {
				builder.environment().put(name, value);
			}
			else {
				builder.environment().remove(name);
			}
		});
		try {
			if (!Files.isExecutable(java)) {
				// Before another program is started to run it, which would not tell.
				throw new NoSuchFileException(java.toString());
			}
			return new AppProcess(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The process could not be started: " + command, ex);
		}
	}

}
