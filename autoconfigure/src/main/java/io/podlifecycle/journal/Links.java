package io.podlifecycle.journal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Refuses paths that do not name what they lead to.
 */
final class Links {

	private Links() {
	}

	/**
	 * Refuse a path that has a symbolic link in it, at its end or before.
	 * @param path the path; what is not there yet has no links
	 * @throws FileSystemException if there is one
	 */
	static void refuse(Path path) throws IOException {
		for (Path part = path.toAbsolutePath().normalize(); part != null; part = part.getParent()) {
			if (Files.isSymbolicLink(part)) {
				throw new FileSystemException(path.toString(), null,
						part + " is a symbolic link, name what it leads to");
			}
		}
	}

}
