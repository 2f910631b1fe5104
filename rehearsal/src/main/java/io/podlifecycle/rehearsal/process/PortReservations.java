package io.podlifecycle.rehearsal.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Keeps two JVMs of one user from being given the same port. Between the moment at which
 * a port is found free and the moment at which an application listens to it, nothing of
 * the port is taken; so each port has a byte in a file of the temporary directory, which
 * is locked until this JVM ends.
 */
final class PortReservations {

	private final @Nullable FileChannel file;

	private PortReservations(@Nullable FileChannel file) {
		this.file = file;
	}

	/**
	 * Opens the reservations of all JVMs that use the same file. It stays open: closing
	 * it would give up the locks of this JVM.
	 * @param path the file
	 * @return the reservations; every port can be reserved if the file cannot be used
	 */
	@SuppressWarnings("resource")
	static PortReservations open(Path path) {
		try {
			return new PortReservations(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
		}
		catch (IOException ex) {
			return new PortReservations(null);
		}
	}

	/**
	 * Reserves a port, whose lock is released when this JVM ends.
	 * @param port the port
	 * @return {@code false} if it was reserved before, by this JVM or by another one
	 */
	@SuppressWarnings("resource")
	boolean reserve(int port) {
		if (this.file == null) {
			return true;
		}
		try {
			return this.file.tryLock(port, 1, false) != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
		catch (IOException ex) {
			// A file system without locks.
			return true;
		}
	}

}
