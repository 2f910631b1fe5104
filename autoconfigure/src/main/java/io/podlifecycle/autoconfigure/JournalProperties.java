package io.podlifecycle.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Properties of the journal.
 *
 * @since 0.1.0
 */
public class JournalProperties {

	/**
	 * File of the journal, on a volume that outlives the container. There is no journal
	 * unless it is set.
	 */
	private @Nullable Path file;

	/**
	 * Directories that the application can do without, set aside after too many unclean
	 * ends in a row.
	 */
	private List<Path> scratchDirectories = new ArrayList<>();

	/**
	 * Number of unclean ends in a row after which the scratch directories are set aside,
	 * at most 50.
	 */
	private int uncleanLimit = 3;

	/**
	 * Number of directories set aside that are kept of each scratch directory. 0 keeps
	 * all.
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
