package io.podlifecycle.k8s;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Commands that the settings name. What is in braces is replaced.
 */
final class Command {

	private Command() {
	}

	static void run(String template, Map<String, String> values) {
		String command = template;
		for (Map.Entry<String, String> value : values.entrySet()) {
			command = command.replace("{" + value.getKey() + "}", value.getValue());
		}
		try {
			File log = File.createTempFile("command", ".log", new File("target"));
			Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true)
				.redirectInput(new File("/dev/null"))
				.redirectOutput(log)
				.start();
			if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
				process.destroy();
				throw new IllegalStateException("This failed, see " + log + ": " + command);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted: " + command, ex);
		}
	}

}
