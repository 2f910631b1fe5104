package io.podlifecycle.rehearsal.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in which a JVM looks names up, in place of the system's name service. It holds
 * one name that moves, and what the system's own file has. Not thread-safe.
 */
final class HostsFile {

	private static final Path SYSTEM = Path.of("/etc/hosts");

	private final String name;

	private final Path file;

	HostsFile(String name) {
		this.name = name;
		try {
			this.file = Files.createTempFile("hosts-", ".txt");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("There can be no temporary file for the name " + name, ex);
		}
		// A rehearsal that is interrupted has no time to do it itself.
		this.file.toFile().deleteOnExit();
	}

	/**
	 * Returns the option with which a JVM reads the file. It does so for each look-up
	 * that its cache does not answer.
	 */
	String jvmOption() {
		return "-Djdk.net.hosts.file=" + this.file;
	}

	/**
	 * Lets the name resolve to an address.
	 */
	void resolveTo(String address) {
		List<String> lines = new ArrayList<>();
		lines.add(address + " " + this.name);
		lines.add("127.0.0.1 localhost " + localHost());
		try {
			if (Files.isReadable(SYSTEM)) {
				Files.readAllLines(SYSTEM).stream().filter((line) -> line.matches("\\d+\\..*")).forEach(lines::add);
			}
			// Nobody reads half of it.
			Path next = Files.writeString(Path.of(this.file + ".next"), String.join("\n", lines) + "\n");
			Files.move(next, this.file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The file " + this.file + " could not be written", ex);
		}
	}

	private static String localHost() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			// Then nobody else knows it either.
			return "";
		}
	}

	void delete() {
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The file " + this.file + " could not be removed", ex);
		}
	}

}
