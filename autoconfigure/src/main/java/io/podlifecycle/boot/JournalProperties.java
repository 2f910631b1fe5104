package io.podlifecycle.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Properties of the journal.
 *
 * @since 0.1.0
 */
@Internal
public class JournalProperties {

	/**
	 * Path of the journal, on a volume that outlives the container. By default, there is
	 * no journal.
	 */
	private @Nullable Path file;

	/**
	 * Directories that are set aside after too many unclean ends in a row.
	 */
	private List<Path> scratchDirectories = new ArrayList<>();

	/**
	 * Number of consecutive unclean ends after which scratch directories are set aside,
	 * at most 50.
	 */
	private int uncleanLimit = 3;

	/**
	 * Maximum number of directories set aside to keep for each scratch directory, or 0 to
	 * keep all.
	 */
	private int keep = 2;

	public @Nullable Path getFile() {
		return this.file;
	}

	public void setFile(@Nullable Path file) {
		this.file = file;
	}

	public List<Path> getScratchDirectories() {
		return this.scratchDirectories;
	}

	public void setScratchDirectories(List<Path> scratchDirectories) {
		this.scratchDirectories = scratchDirectories;
	}

	public int getUncleanLimit() {
		return this.uncleanLimit;
	}

	public void setUncleanLimit(int uncleanLimit) {
		this.uncleanLimit = uncleanLimit;
	}

	public int getKeep() {
		return this.keep;
	}

	public void setKeep(int keep) {
		this.keep = keep;
	}

}
