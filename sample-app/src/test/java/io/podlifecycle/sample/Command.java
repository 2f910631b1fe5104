package io.podlifecycle.sample;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that a page of the documentation shows and that needs neither Maven nor a
 * cluster.
 *
 * @param page the page, relative to the root
 * @param text the command, in one line
 */
record Command(String page, String text) {

	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	/** None runs long enough for the second one. */
	private static final String FIRST_COMPILER = "java() { command java -XX:TieredStopAtLevel=1 \"$@\"; }\n";

	private static final Pattern FOR_THIS_MACHINE = Pattern.compile("^(?:java|jq|curl|kubectl kustomize) ");

	/** {@code curl} in the middle of a sentence. */
	private static final Pattern INLINE = Pattern.compile("`(curl [^`]*)`");

	/**
	 * Return the commands of all pages.
	 * @return the commands, in the order of the pages
	 */
	static List<Command> all() {
		return pages().stream().flatMap(Command::of).toList();
	}

	private static List<Path> pages() {
		try (Stream<Path> files = Files.walk(ROOT, 3)) {
			return files.filter((file) -> file.toString().endsWith(".md"))
				.filter((file) -> !ROOT.relativize(file).toString().contains("target/"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Command> of(Path page) {
		String text = read(page).replaceAll("\\\\\\R\\s*", "");
		Stream<String> inline = INLINE.matcher(text).results().map((match) -> match.group(1));
		return Stream
			.concat(text.lines()
				.flatMap((line) -> Stream.of(line.split(" && ")))
				.map(String::strip)
				.filter(FOR_THIS_MACHINE.asPredicate()), inline)
			.map((command) -> new Command(ROOT.relativize(page).toString(), command));
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean contains(String part) {
		return this.text.contains(part);
	}

	/**
	 * Return the command with something else in a place: what differs from machine to
	 * machine.
	 * @param part what the command has to contain
	 * @param replacement what to have instead
	 * @return the other command
	 */
	Command with(String part, String replacement) {
		if (!contains(part)) {
			throw new IllegalArgumentException("There is no '" + part + "' in: " + this);
		}
		return new Command(this.page, this.text.replace(part, replacement));
	}

	/**
	 * Return the command without a part, if it has it.
	 * @param part the part
	 * @return the shorter command
	 */
	Command without(String part) {
		return new Command(this.page, this.text.replace(part, ""));
	}

	/**
	 * Return the command with more at its end.
	 * @param more words
	 * @return the longer command
	 */
	Command plus(String more) {
		return new Command(this.page, this.text + " " + more);
	}

	/**
	 * Return whether this machine has what the command begins with.
	 * @return {@code false} if it would have to be installed
	 */
	boolean isInstalled() {
		return new Command(this.page, "command -v " + this.text.replaceAll(" .*", "")).run(ROOT).exitCode() == 0;
	}

	/**
	 * Run the command in a shell, with the Java that runs this.
	 * @param directory where
	 * @return its end
	 */
	Result run(Path directory) {
		try {
			return doRun(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while it ran: " + this, ex);
		}
	}

	private Result doRun(Path directory) throws IOException, InterruptedException {
		Path output = Files.createTempFile("command", ".txt");
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", FIRST_COMPILER + this.text)
			.directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectInput(new File("/dev/null"))
			.redirectOutput(output.toFile());
		builder.environment()
			.merge("PATH", Path.of(System.getProperty("java.home"), "bin").toString(),
					(path, java) -> java + File.pathSeparator + path);
		// Each JVM would say that it has picked them up.
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		Process process = builder.start();
		try {
			boolean ended = process.waitFor(Duration.ofMinutes(15).toSeconds(), TimeUnit.SECONDS);
			String text = Files.readString(output, StandardCharsets.UTF_8);
			if (!ended) {
				throw new AssertionError("It did not end: " + this + "\n" + text);
			}
			return new Result(process.exitValue(), text);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroy);
			process.destroy();
			Files.delete(output);
		}
	}

	@Override
	public String toString() {
		return this.page + ": " + this.text;
	}

	/**
	 * The end of a command.
	 *
	 * @param exitCode its exit code
	 * @param output what it wrote
	 */
	record Result(int exitCode, String output) {
	}

}
