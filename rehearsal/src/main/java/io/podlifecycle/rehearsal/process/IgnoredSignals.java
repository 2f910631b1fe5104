package io.podlifecycle.rehearsal.process;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The signals that this JVM was started to ignore. A shell without job control does so to
 * what it runs in the background; children inherit it, and a JVM does not handle SIGINT
 * or SIGTERM if they were ignored at its start. A container starts with the defaults, so
 * children get them back with {@code env --default-signal} (coreutils 8.31). SIGHUP is
 * left as it is: {@code nohup} ignores it on purpose.
 */
record IgnoredSignals(List<String> ignored, boolean resettable) {

	private static final Map<String, Integer> NUMBERS = new TreeMap<>(Map.of("INT", 2, "QUIT", 3, "TERM", 15));

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final String MASK = "SigIgn:";

	private static final long ENV_SECONDS = 30;

	/** What a JVM ignores does not change. */
	private static final IgnoredSignals OF_THIS_JVM = find();

	static IgnoredSignals ofThisJvm() {
		return OF_THIS_JVM;
	}

	private static IgnoredSignals find() {
		List<String> ignored = ignoredIn(mask());
		return new IgnoredSignals(ignored, !ignored.isEmpty() && canReset(ignored));
	}

	private static String mask() {
		try {
			return Files.readAllLines(STATUS)
				.stream()
				.filter((line) -> line.startsWith(MASK))
				.map((line) -> line.substring(MASK.length()).strip())
				.findFirst()
				.orElse("0");
		}
		catch (IOException ex) {
			// Not Linux: nothing is known, and nothing is changed.
			return "0";
		}
	}

	/**
	 * Returns the names of the signals that a mask contains.
	 * @param mask the mask in hexadecimal digits, the lowest bit for the signal 1
	 * @return those of INT, QUIT and TERM that are in it
	 */
	static List<String> ignoredIn(String mask) {
		BigInteger bits = new BigInteger(mask, 16);
		return NUMBERS.entrySet()
			.stream()
			.filter((signal) -> bits.testBit(signal.getValue() - 1))
			.map(Map.Entry::getKey)
			.toList();
	}

	private static boolean canReset(List<String> signals) {
		try {
			Process env = new ProcessBuilder("env", option(signals), "true").redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return env.waitFor(ENV_SECONDS, TimeUnit.SECONDS) && env.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static String option(List<String> signals) {
		return "--default-signal=" + String.join(",", signals);
	}

	/**
	 * Returns what to put before a command for its process to start with the default
	 * dispositions. The command replaces it: the process id stays the same.
	 */
	List<String> resetCommand() {
		return this.resettable ? List.of("env", option(this.ignored)) : List.of();
	}

	boolean isIgnoredByChildren(String signal) {
		return !this.resettable && this.ignored.contains(signal);
	}

}
