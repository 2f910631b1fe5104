package io.podlifecycle.rehearsal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Sends signals with the {@code kill} that every POSIX shell has built in.
 */
final class Signals {

	private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9+]*");

	private Signals() {
	}

	static String withoutPrefix(String name) {
		String upper = name.toUpperCase(Locale.ROOT);
		return upper.startsWith("SIG") ? upper.substring(3) : upper;
	}

	static void send(String name, long pid) throws InterruptedException {
		String signal = withoutPrefix(name);
		if (!NAME.matcher(signal).matches()) {
			throw new IllegalArgumentException("'" + name + "' is not the name of a signal");
		}
		try {
			Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid).redirectErrorStream(true)
				.start();
			kill.getOutputStream().close();
			String output = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (kill.waitFor() != 0) {
				throw new IllegalArgumentException("SIG" + signal + " was not sent: " + output.strip());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The command 'kill' could not be run", ex);
		}
	}

}
