package io.podlifecycle.journal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * Deletes a directory with all that is in it. Of a symbolic link, the link.
 */
final class Deletion extends SimpleFileVisitor<Path> {

	private Deletion() {
	}

	static void of(Path directory) throws IOException {
		Files.walkFileTree(directory, new Deletion());
	}

	@Override
	public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
		Files.delete(file);
		return FileVisitResult.CONTINUE;
	}

	@Override
	public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException ex) throws IOException {
		if (ex != null) {
			throw ex;
		}
		Files.delete(directory);
		return FileVisitResult.CONTINUE;
	}

}
