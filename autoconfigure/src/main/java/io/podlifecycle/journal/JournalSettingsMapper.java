package io.podlifecycle.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.JournalProperties;
import io.podlifecycle.boot.Numbers;

/**
 * Checks the properties of the journal.
 */
final class JournalSettingsMapper {

	private static final String SCRATCH = "pod-lifecycle.journal.scratch-directories";

	private final JournalProperties properties;

	JournalSettingsMapper(JournalProperties properties) {
		this.properties = properties;
	}

	JournalSettings settings(Path file) {
		int limit = Numbers.positive("pod-lifecycle.journal.unclean-limit", this.properties.getUncleanLimit());
		if (limit > Journal.RUNS) {
			throw new InvalidPropertyException("pod-lifecycle.journal.unclean-limit", limit,
					"the journal remembers " + Journal.RUNS + " runs", "Set it to " + Journal.RUNS + " or less.");
		}
		int keep = this.properties.getKeep();
		if (keep < 0) {
			throw new InvalidPropertyException("pod-lifecycle.journal.keep", keep, "it must not be negative",
					"Set it to the number of directories to keep, or to 0 to keep all.");
		}
		List<Path> directories = this.properties.getScratchDirectories();
		directories.forEach((directory) -> check(directory, file));
		return new JournalSettings(file, new ScratchDirectories(directories, keep), limit);
	}

	/** What else is in a directory that is set aside goes with it. */
	private static void check(Path directory, Path file) {
		if (real(file).startsWith(real(directory))) {
			throw new InvalidPropertyException(SCRATCH, directory, "the journal " + file + " is in it",
					"Name a directory of its own for what may be set aside, or keep the journal somewhere else.");
		}
		if (real(Path.of("")).startsWith(real(directory))) {
			throw new InvalidPropertyException(SCRATCH, directory, "it holds the working directory",
					"Name a directory of its own for what may be set aside.");
		}
	}

	/** A link must not hide it; what is not there yet has no links. */
	private static Path real(Path path) {
		Path absolute = path.toAbsolutePath().normalize();
		Path existing = absolute;
		while (existing.getParent() != null && !existing.toFile().exists()) {
			existing = existing.getParent();
		}
		try {
			return existing.toRealPath().resolve(existing.relativize(absolute));
		}
		catch (IOException ex) {
			return absolute;
		}
	}

}
