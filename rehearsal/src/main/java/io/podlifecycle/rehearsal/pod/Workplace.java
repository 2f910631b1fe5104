package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;

/**
 * What the processes of a pod find: the environment, and the file for their termination
 * message in a temporary directory.
 */
final class Workplace {

	/** What the kubelet reads of a termination message. */
	private static final int TERMINATION_LOG_BYTES = 4_096;

	private final PodSpec spec;

	private final PodPorts ports;

	private final Path directory;

	private final Path lastWordsFile;

	private final Map<String, String> environment = new LinkedHashMap<>();

	private String lastWords = "";

	Workplace(String pod, PodSpec spec, PodPorts ports) {
		this.spec = spec;
		this.ports = ports;
		try {
			this.directory = Files.createTempDirectory(pod + "-of-" + ProcessHandle.current().pid() + "-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("There can be no temporary directory for the pod " + pod, ex);
		}
		this.lastWordsFile = this.directory.resolve("termination-log");
		String path = this.lastWordsFile.toString();
		this.environment.put("HOSTNAME", pod);
		this.environment.put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
		this.environment.put("KUBERNETES_SERVICE_PORT", "6443");
		this.environment.put("TERMINATION_MESSAGE_PATH", path);
		// Spring Boot's names for pod-lifecycle.shutdown.termination-message.path and
		// .format
		this.environment.put("PODLIFECYCLE_SHUTDOWN_TERMINATIONMESSAGE_PATH", path);
		this.environment.put("PODLIFECYCLE_SHUTDOWN_TERMINATIONMESSAGE_FORMAT", "json");
		spec.environment().forEach((name, value) -> this.environment.put(name, ports.fillIn(value)));
	}

	AppProcess start() throws IOException {
		Files.writeString(this.lastWordsFile, "");
		AppProcessBuilder builder = AppProcess.builder();
		// A crash writes its report and its core where they are cleared away.
		builder.jvmOption("-XX:ErrorFile=" + this.directory.resolve("hs_err.log"), "-XX:-CreateCoredumpOnCrash");
		this.spec.describe(builder, this.ports);
		this.environment.forEach(builder::environment);
		return builder.start();
	}

	/**
	 * Starts a command in the environment of the pod. Its output is dropped.
	 */
	Process command(List<String> command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command.stream().map(this.ports::fillIn).toList())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD);
		builder.environment().putAll(this.environment);
		Process process = builder.start();
		process.getOutputStream().close();
		return process;
	}

	/**
	 * Ends a command and what it has started.
	 */
	static void kill(Process command) {
		command.descendants().forEach(ProcessHandle::destroyForcibly);
		command.destroyForcibly();
	}

	synchronized String lastWords() {
		if (Files.exists(this.lastWordsFile)) {
			try {
				byte[] bytes = Files.readAllBytes(this.lastWordsFile);
				int length = Math.min(bytes.length, TERMINATION_LOG_BYTES);
				this.lastWords = new String(bytes, 0, length, StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				this.lastWords = "";
			}
		}
		return this.lastWords;
	}

	synchronized void close() {
		lastWords();
		if (!Files.exists(this.directory)) {
			return;
		}
		try (Stream<Path> files = Files.walk(this.directory)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The directory " + this.directory + " could not be removed", ex);
		}
	}

}
