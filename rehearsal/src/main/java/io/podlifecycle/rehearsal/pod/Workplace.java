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
 * What the processes of a pod find: the environment, and the files for their termination
 * message and their journal in a temporary directory.
 */
final class Workplace {

	/** What the kubelet reads of a termination message. */
	private static final int TERMINATION_LOG_BYTES = 4_096;

	private final PodSpec spec;

	private final PodPorts ports;

	private final Path directory;

	private final Path terminationLog;

	private final Path journalFile;

	private final Map<String, String> environment = new LinkedHashMap<>();

	private byte[] terminationMessage = {};

	private byte[] journal = {};

	Workplace(String pod, PodSpec spec, PodPorts ports) {
		this.spec = spec;
		this.ports = ports;
		try {
			this.directory = Files.createTempDirectory(pod + "-of-" + ProcessHandle.current().pid() + "-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("There can be no temporary directory for the pod " + pod, ex);
		}
		this.terminationLog = this.directory.resolve("termination-log");
		this.journalFile = this.directory.resolve("journal");
		String path = this.terminationLog.toString();
		this.environment.put("HOSTNAME", pod);
		this.environment.put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
		this.environment.put("KUBERNETES_SERVICE_PORT", "6443");
		this.environment.put("TERMINATION_MESSAGE_PATH", path);
		// Spring Boot's names for pod-lifecycle.journal.file, and for
		// pod-lifecycle.shutdown.termination-message.path and .format
		this.environment.put("PODLIFECYCLE_JOURNAL_FILE", this.journalFile.toString());
		this.environment.put("PODLIFECYCLE_SHUTDOWN_TERMINATIONMESSAGE_PATH", path);
		this.environment.put("PODLIFECYCLE_SHUTDOWN_TERMINATIONMESSAGE_FORMAT", "json");
		spec.environment().forEach((name, value) -> this.environment.put(name, ports.fillIn(value)));
	}

	AppProcess start() throws IOException {
		Files.writeString(this.terminationLog, "");
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

	/**
	 * Return the termination message of the last process, as far as the kubelet reads it.
	 */
	synchronized String terminationMessage() {
		this.terminationMessage = read(this.terminationLog, this.terminationMessage);
		int length = Math.min(this.terminationMessage.length, TERMINATION_LOG_BYTES);
		return new String(this.terminationMessage, 0, length, StandardCharsets.UTF_8);
	}

	/**
	 * Return what the processes noted in the journal of the library.
	 */
	synchronized String journal() {
		this.journal = read(this.journalFile, this.journal);
		return new String(this.journal, StandardCharsets.UTF_8);
	}

	private static byte[] read(Path file, byte[] before) {
		try {
			return Files.exists(file) ? Files.readAllBytes(file) : before;
		}
		catch (IOException ex) {
			return before;
		}
	}

	synchronized void close() {
		terminationMessage();
		journal();
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
