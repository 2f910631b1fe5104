package io.podlifecycle.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.podlifecycle.Internal;
import io.podlifecycle.journal.JournalFile.Content;
import org.jspecify.annotations.Nullable;

/**
 * The journal of an application: how its earlier runs ended, and a note of each milestone
 * of this one. Whatever is wrong with the file is a warning and nothing more; where it
 * cannot be written or belongs to somebody else, no journal is kept and nothing is known.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class Journal implements AutoCloseable {

	/**
	 * How many runs the journal remembers at least; it never holds more than twice as
	 * many.
	 */
	public static final int RUNS = 50;

	private final Path path;

	private final InstantSource clock;

	private final Consumer<String> warnings;

	private final @Nullable JournalFile file;

	private List<Run> earlier = List.of();

	private boolean ended;

	private Journal(Path path, InstantSource clock, Consumer<String> warnings) {
		this.path = path;
		this.clock = clock;
		this.warnings = warnings;
		this.file = begin();
	}

	/**
	 * Read the journal, and begin a run.
	 * @param path its file, created if it is not there
	 * @param clock the wall clock
	 * @param warnings is told what is wrong with it, now and later
	 * @return the journal; to be closed when the run is over
	 */
	public static Journal open(Path path, InstantSource clock, Consumer<String> warnings) {
		return new Journal(path, clock, warnings);
	}

	private @Nullable JournalFile begin() {
		JournalFile opened = null;
		try {
			opened = JournalFile.lock(this.path);
			List<Run> runs = Run.of(read(opened));
			JournalEntry entry = new JournalEntry(this.clock.instant(), Milestone.STARTING,
					Run.startDetail(runs.isEmpty() ? 1 : runs.get(runs.size() - 1).number() + 1));
			opened.append(entry, true);
			this.earlier = runs;
			return opened;
		}
		catch (IOException | SecurityException ex) {
			this.warnings.accept("No journal is kept in " + this.path + ": " + describe(ex));
			close(opened);
			return null;
		}
	}

	private List<JournalEntry> read(JournalFile opened) throws IOException {
		Content content = opened.read();
		List<JournalEntry> entries = content.entries();
		if (entries.isEmpty() && content.unreadable() > 0) {
			this.warnings.accept("The journal " + this.path + " has no readable line: it is now " + opened.discard());
			return entries;
		}
		if (content.unreadable() > 0) {
			this.warnings
				.accept("The journal " + this.path + " has lines that are torn or corrupt: " + content.unreadable());
		}
		List<Run> runs = Run.of(entries);
		if (content.unreadable() > 0 || !content.complete() || runs.size() > 2 * RUNS) {
			compact(opened, runs.subList(Math.max(0, runs.size() - RUNS), runs.size()));
		}
		return entries;
	}

	/** Not where a single file is mounted, which cannot be replaced. */
	private void compact(JournalFile opened, List<Run> runs) {
		try {
			opened.rewrite(runs.stream().flatMap((run) -> run.entries().stream()).toList());
		}
		catch (IOException ex) {
			this.warnings.accept("The journal " + this.path + " cannot be cleaned up: " + describe(ex));
			opened.continueOnNewLine();
		}
	}

	/**
	 * Return whether a journal is kept.
	 * @return {@code false} if its file cannot be used
	 */
	public boolean isKept() {
		return this.file != null;
	}

	/**
	 * Return the run before this one.
	 * @return the previous run, empty if this is the first
	 */
	public Optional<Run> previous() {
		return this.earlier.isEmpty() ? Optional.empty() : Optional.of(this.earlier.get(this.earlier.size() - 1));
	}

	/**
	 * Return how often the application was started again since the journal was begun.
	 * @return the number of runs before this one
	 */
	public int restarts() {
		return previous().map(Run::number).orElse(0);
	}

	/**
	 * Return how many runs in a row have ended uncleanly up to now, since the scratch
	 * directories were last set aside. Starts that were given up neither count nor end
	 * the row.
	 * @return the number of unclean ends
	 */
	public int uncleanInARow() {
		int count = 0;
		for (int i = this.earlier.size() - 1; i >= 0; i--) {
			Run run = this.earlier.get(i);
			if (run.end() == RunEnd.CLEAN) {
				break;
			}
			count += run.end().isUnclean() ? 1 : 0;
			if (run.has(Milestone.SET_ASIDE)) {
				break;
			}
		}
		return count;
	}

	/**
	 * Note a milestone. One that cannot be written is a warning. After the end of the run
	 * only a failure or a halt is noted.
	 * @param milestone the milestone
	 * @param detail more about it, possibly empty
	 */
	public synchronized void note(Milestone milestone, String detail) {
		if (this.file == null || (this.ended && !milestone.isLastWord())) {
			return;
		}
		this.ended |= milestone.isEnd();
		try {
			boolean durable = milestone.isEnd() || milestone == Milestone.SET_ASIDE;
			this.file.append(new JournalEntry(this.clock.instant(), milestone, detail), durable);
		}
		catch (IOException | SecurityException ex) {
			this.warnings.accept(
					"The journal " + this.path + " does not say " + milestone.id() + " of this run: " + describe(ex));
		}
	}

	/**
	 * Let others have the file. A failure or a halt can still be noted.
	 */
	@Override
	public void close() {
		close(this.file);
	}

	private void close(@Nullable JournalFile file) {
		try {
			if (file != null) {
				file.close();
			}
		}
		catch (IOException ex) {
			this.warnings.accept("The journal " + this.path + " cannot be closed: " + describe(ex));
		}
	}

	private static String describe(Exception ex) {
		return (ex.getMessage() != null && ex.getClass() == IOException.class) ? ex.getMessage() : ex.toString();
	}

}
