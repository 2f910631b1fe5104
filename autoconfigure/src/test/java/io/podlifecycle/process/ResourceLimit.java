package io.podlifecycle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Starts a process with a limit of the operating system.
 */
final class ResourceLimit {

	/** The JVM itself takes no further slot later. */
	static final String JVM_OPTION = "-XX:-UseDynamicNumberOfCompilerThreads";

	/** More than an idle service has. */
	private static final int THREADS = 300;

	private ResourceLimit() {
	}

	/**
	 * Make a Java home for a process that may have 300 threads. Root is exempt from the
	 * limit, so another user runs it.
	 * @param directory where to make it
	 * @param user the number of the user; the limit is on all processes of one user
	 * @return the Java home; if it cannot be made the test is skipped, with the reason
	 */
	static Path javaHome(Path directory, int user) throws IOException {
		assumeTrue("root".equals(System.getProperty("user.name")), "only root can become somebody else");
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is needed");
		return javaHome(directory,
				"prlimit --nproc=" + THREADS + ":" + THREADS + " setpriv --reuid=" + user + " --regid=" + user
						+ " --clear-groups"
						+ " --inh-caps=+dac_read_search,+dac_override --ambient-caps=+dac_read_search,+dac_override"
						+ " --bounding-set=-all,+dac_read_search,+dac_override");
	}

	/**
	 * Make a Java home whose {@code java} begins with another command.
	 * @param directory where to make it
	 * @param command the command, one of {@code prlimit}
	 * @return the Java home; if it cannot be made the test is skipped, with the reason
	 */
	static Path javaHome(Path directory, String command) throws IOException {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is needed");
		Path bin = Files.createDirectories(directory.resolve("bin"));
		Path script = Files.writeString(bin.resolve("java"),
				"#!/bin/sh\nexec " + command + " " + System.getProperty("java.home") + "/bin/java \"$@\"\n");
		Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
		return directory;
	}

}
