import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks one promise of the library at a time, by one line, in a clone of the last commit, and runs the
 * default suite until its first red test. A sabotage that no test notices fails.
 * <p>
 * {@code java .ci/Sabotages.java} runs all, {@code java .ci/Sabotages.java no-goaway} runs those that are named,
 * and {@code java .ci/Sabotages.java --check} only looks whether the lines to break are still there.
 */
class Sabotages {

	private static final String SOURCES = "autoconfigure/src/main/java/io/podlifecycle/";

	private static final List<Sabotage> ALL = List.of(
			new Sabotage("no-connection-close", "web/servlet/ConnectionCloseResponse.java",
					"setHeader(\"Connection\", \"close\");", "setHeader(\"Connection\", \"keep-alive\");"),
			new Sabotage("no-goaway", "web/tomcat/TomcatConnections.java",
					"protocols().forEach((protocol) -> protocol.getHandler().pause());", "protocols().close();"),
			new Sabotage("no-propagation-floor", "shutdown/PropagationDelay.java", "elapsed.compareTo(min()) < 0",
					"elapsed.isNegative()"),
			new Sabotage("readiness-not-refused", "boot/shutdown/IrrevocableReadiness.java", "this.refused = true;",
					"this.refused = false;"),
			new Sabotage("signal-not-forwarded", "shutdown/ShutdownSupervisor.java",
					"this.table.forward((signal != null) ? signal : Trigger.SIGTERM);", ""),
			new Sabotage("drain-does-not-wait", "shutdown/GracefulShutdown.java", "await(this::isDrained, end);",
					"isDrained();"),
			new Sabotage("streams-not-ended", "stream/Streams.java",
					"this.schedule.spread(streams, this.clock.elapsed(), this.spread);",
					"this.schedule.spread(streams.subList(0, 0), this.clock.elapsed(), this.spread);"),
			new Sabotage("listeners-not-stopped", "messaging/ListenerContainers.java",
					"container.stop(() -> this.stopping.remove(container));", "this.stopping.remove(container);"),
			new Sabotage("watchdog-never-halts", "shutdown/Watchdog.java", "this.halt.accept(EXIT_CODE);",
					"if (this.ended) { this.halt.accept(EXIT_CODE); }"),
			new Sabotage("probe-answers-too-early", "dependency/BoundedProbe.java",
					"new FutureTask<>(() -> this.probe.check(timeLimit));",
					"new FutureTask<>(() -> equals(this.probe) ? this.probe.check(timeLimit) : ProbeResult.answered());"));

	/** The rehearsal's own tests do not run the library. */
	private static final List<String> VERIFY = List.of("mvn", "-B", "verify", "-pl", "autoconfigure", "-am",
			"-Dspring-javaformat.skip", "-Dtest=*Tests,!*IntegrationTests,!io.podlifecycle.rehearsal.**",
			"-Dit.test=*IntegrationTests,!io.podlifecycle.rehearsal.**", "-Dsurefire.failIfNoSpecifiedTests=false",
			"-Dfailsafe.failIfNoSpecifiedTests=false");

	private static final Pattern RED = Pattern.compile("\\[ERROR\\] (\\S+)(?: .*)? <<< (?:FAILURE|ERROR)!");

	private final Path clone;

	private final Path logs;

	Sabotages(Path directory) {
		this.clone = directory.resolve("clone");
		this.logs = directory;
	}

	public static void main(String[] arguments) throws Exception {
		List<String> names = Arrays.asList(arguments);
		if (names.contains("--check")) {
			for (Sabotage sabotage : ALL) {
				sabotage.applyTo(Files.readString(Path.of(SOURCES, sabotage.file())));
			}
			System.out.println(ALL.size() + " sabotages can be applied");
			return;
		}
		Sabotages sabotages = new Sabotages(Path.of("target", "sabotages").toAbsolutePath());
		sabotages.cloneLastCommit();
		boolean allNoticed = true;
		for (Sabotage sabotage : ALL) {
			if (names.isEmpty() || names.contains(sabotage.name())) {
				allNoticed &= sabotages.isNoticed(sabotage);
			}
		}
		System.exit(allNoticed ? 0 : 1);
	}

	private void cloneLastCommit() throws Exception {
		Files.createDirectories(this.logs);
		if (!Files.exists(this.clone)) {
			run(this.logs, "git", "clone", "--quiet", Path.of("").toAbsolutePath().toString(), this.clone.toString());
		}
		run(this.clone, "git", "fetch", "--quiet");
		run(this.clone, "git", "reset", "--quiet", "--hard", "origin/HEAD");
	}

	private boolean isNoticed(Sabotage sabotage) throws Exception {
		Path source = this.clone.resolve(SOURCES + sabotage.file());
		String intact = Files.readString(source);
		Files.writeString(source, sabotage.applyTo(intact));
		long start = System.nanoTime();
		Optional<String> red;
		try {
			red = firstRedTest(this.logs.resolve(sabotage.name() + ".log"));
		}
		finally {
			Files.writeString(source, intact);
		}
		long seconds = (System.nanoTime() - start) / 1_000_000_000;
		System.out.printf(Locale.ROOT, "| `%s` | %s | %d s |%n", sabotage.name(),
				red.map((test) -> "`" + test + "`").orElse("**no test noticed**"), seconds);
		return red.isPresent();
	}

	private Optional<String> firstRedTest(Path log) throws Exception {
		Process process = new ProcessBuilder(VERIFY).directory(this.clone.toFile()).redirectErrorStream(true).start();
		try (BufferedReader lines = process.inputReader(); PrintWriter out = new PrintWriter(log.toFile())) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				out.println(line);
				Matcher matcher = RED.matcher(line);
				if (matcher.find() && !matcher.group(1).equals("Tests")) {
					return Optional.of(matcher.group(1).replaceFirst("^io\\.podlifecycle\\.", ""));
				}
			}
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
		if (process.waitFor() != 0) {
			throw new IllegalStateException("The build failed without a red test: " + log);
		}
		return Optional.empty();
	}

	private static void run(Path directory, String... command) throws IOException, InterruptedException {
		int exitCode = new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start().waitFor();
		if (exitCode != 0) {
			throw new IllegalStateException(String.join(" ", command) + " exited with " + exitCode);
		}
	}

	/**
	 * A line to break.
	 *
	 * @param name the broken promise
	 * @param file the source file, below the library's sources
	 * @param line a part of the line, which occurs once
	 * @param broken what stands there instead
	 */
	record Sabotage(String name, String file, String line, String broken) {

		String applyTo(String source) {
			if (source.split(Pattern.quote(this.line), -1).length != 2) {
				throw new IllegalStateException(this.name + ": not once in " + this.file + ": " + this.line);
			}
			return source.replace(this.line, this.broken);
		}

	}

}
