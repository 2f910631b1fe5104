package io.podlifecycle.diagnosis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a shell as process 1 that will not pass SIGTERM on. The shell form of an
 * {@code ENTRYPOINT} leaves one behind. The kernel does not deliver to process 1 a signal
 * that it does not handle, so nothing at all happens until SIGKILL. A shell with a trap
 * passes the signal on, but its {@code wait} returns for the trap: unless it waits again,
 * it ends at once, and the container with it. An init such as tini is no shell, and with
 * {@code exec} there is none left.
 *
 * @since 0.1.0
 */
final class ShellAsPid1Check implements Check {

	private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "busybox");

	private static final String CAUGHT_SIGNALS = "SigCgt:";

	/** Signal 15 in the kernel's mask, whose lowest bit is signal 1. */
	private static final long SIGTERM_BIT = 1L << 14;

	private final Path init;

	private final long ownPid;

	/**
	 * Create a check.
	 * @param proc where the kernel tells of its processes, {@code /proc}
	 * @param ownPid the process id of this JVM
	 */
	public ShellAsPid1Check(Path proc, long ownPid) {
		this.init = proc.resolve("1");
		this.ownPid = ownPid;
	}

	@Override
	public Optional<Finding> look() {
		try {
			return (this.ownPid != 1 && isShell()) ? Optional.of(finding(catchesSigterm())) : Optional.empty();
		}
		catch (IOException ex) {
			// Another operating system, or nothing that may be read.
			return Optional.empty();
		}
	}

	private boolean isShell() throws IOException {
		return SHELLS.contains(Files.readString(this.init.resolve("comm"), StandardCharsets.UTF_8).strip());
	}

	private boolean catchesSigterm() throws IOException {
		for (String line : Files.readAllLines(this.init.resolve("status"), StandardCharsets.UTF_8)) {
			if (line.startsWith(CAUGHT_SIGNALS)) {
				long caught = Long.parseUnsignedLong(line.substring(CAUGHT_SIGNALS.length()).strip(), 16);
				return (caught & SIGTERM_BIT) != 0;
			}
		}
		return true;
	}

	private Finding finding(boolean trap) throws IOException {
		String command = Files.readString(this.init.resolve("cmdline"), StandardCharsets.UTF_8)
			.replace('\0', ' ')
			.strip();
		String program = command.split(" ", 2)[0];
		return new Finding("Process 1 is the shell '" + program + "'" + (trap
				? ", which has a trap for SIGTERM: its 'wait' returns for the trap, and unless it waits again the "
						+ "container ends amid the shutdown"
				: ", which swallows SIGTERM: this application will be killed at the end of its grace period without "
						+ "having heard of it"),
				"Write the ENTRYPOINT or the command in its exec form, [\"java\", \"-jar\", ...], or begin the shell's "
						+ "command with 'exec'");
	}

}
