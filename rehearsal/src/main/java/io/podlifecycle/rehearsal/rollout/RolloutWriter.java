package io.podlifecycle.rehearsal.rollout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes what was seen in rehearsals to a file.
 *
 * @since 0.1.0
 */
public interface RolloutWriter {

	/**
	 * Returns the option of the command line that asks for it.
	 * @return the option, such as {@code --json}
	 */
	String option();

	/**
	 * Returns what the option does, for the help.
	 * @return a few words, such as {@code write all that was seen as JSON}
	 */
	String description();

	/**
	 * Writes a file, in place of one that is there.
	 * @param rollouts what was seen: one rehearsal, or, for a comparison, one without the
	 * library and then one with it
	 * @param file where to write to
	 * @throws IOException if the file cannot be written
	 */
	void write(List<Rollout> rollouts, Path file) throws IOException;

}
