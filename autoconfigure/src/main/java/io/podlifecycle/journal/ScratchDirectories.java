package io.podlifecycle.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import io.podlifecycle.Internal;

/**
 * Directories whose content the application can do without: caches, indexes, spools. Set
 * aside means renamed, so that the application starts with empty ones and somebody can
 * look at the old. Nothing here follows a symbolic link: one may have been put there by
 * whoever can write to the volume, and lead out of it. Immutable.
 *
 * @param directories the directories
 * @param keep how many of each to keep; those that were set aside first are deleted, none
 * if it is 0
 * @since 0.1.0
 */
@Internal
public record ScratchDirectories(List<Path> directories, int keep) {

	private static final String ASIDE = ".aside-";

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'")
		.withZone(ZoneOffset.UTC);

	/** What the file system check of ext4 needs, and nobody else may move. */
	private static final String LOST_AND_FOUND = "lost+found";

	public ScratchDirectories {
		directories = List.copyOf(directories);
	}

	/**
	 * Set the directories aside that are there and have a content.
	 * @param now the time, which becomes a part of the new names
	 * @return what was done
	 */
	public Outcome setAside(Instant now) {
		Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
		String suffix = ASIDE + TIME.format(now);
		for (Path directory : this.directories) {
			try {
				if (Files.exists(directory)) {
					Links.refuse(directory);
					setAside(directory.toRealPath(), suffix, outcome);
				}
			}
			catch (IOException ex) {
				outcome.problems().add(directory + " cannot be set aside: " + ex);
			}
		}
		return new Outcome(List.copyOf(outcome.moved()), List.copyOf(outcome.problems()));
	}

	private void setAside(Path directory, String suffix, Outcome outcome) throws IOException {
		List<Path> content = content(directory);
		if (content.isEmpty()) {
			return;
		}
		Path renamed = directory.resolveSibling(directory.getFileName() + suffix);
		try {
			Files.move(directory, renamed, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			// A mount point, or its parent is read-only.
			moveContent(content, Files.createDirectory(directory.resolve(suffix)), outcome);
			prune(directory, ASIDE, outcome);
			return;
		}
		outcome.moved().add(renamed);
		createLike(renamed, directory);
		Path parent = directory.getParent();
		if (parent != null) {
			prune(parent, directory.getFileName() + ASIDE, outcome);
		}
	}

	private static List<Path> content(Path directory) throws IOException {
		try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, ScratchDirectories::isContent)) {
			return StreamSupport.stream(children.spliterator(), false).toList();
		}
	}

	private static boolean isContent(Path child) {
		String name = String.valueOf(child.getFileName());
		return !name.startsWith(ASIDE) && !name.equals(LOST_AND_FOUND);
	}

	private static void createLike(Path model, Path directory) throws IOException {
		Files.createDirectory(directory);
		if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
			Files.setPosixFilePermissions(directory, Files.getPosixFilePermissions(model));
		}
	}

	private static void moveContent(List<Path> content, Path into, Outcome outcome) throws IOException {
		int moved = 0;
		for (Path child : content) {
			try {
				Files.move(child, into.resolve(child.getFileName()), StandardCopyOption.ATOMIC_MOVE);
				moved++;
			}
			catch (IOException ex) {
				outcome.problems().add(child + " cannot be set aside: " + ex);
			}
		}
		if (moved > 0) {
			outcome.moved().add(into);
		}
		else {
			Files.delete(into);
		}
	}

	private void prune(Path parent, String prefix, Outcome outcome) throws IOException {
		Pattern ours = Pattern.compile(Pattern.quote(prefix) + "\\d{8}T\\d{9}Z");
		List<Path> aside;
		try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
			aside = StreamSupport.stream(children.spliterator(), false)
				.filter((child) -> ours.matcher(String.valueOf(child.getFileName())).matches())
				.sorted()
				.toList();
		}
		int surplus = (this.keep > 0) ? aside.size() - this.keep : 0;
		for (int i = 0; i < surplus; i++) {
			delete(aside.get(i), outcome);
		}
	}

	private static void delete(Path directory, Outcome outcome) {
		try {
			Deletion.of(directory);
		}
		catch (IOException ex) {
			outcome.problems().add(directory + " cannot be deleted: " + ex);
		}
	}

	/**
	 * What became of the directories.
	 *
	 * @param moved the new names
	 * @param problems what could not be done, a sentence each
	 */
	public record Outcome(List<Path> moved, List<String> problems) {

	}

}
