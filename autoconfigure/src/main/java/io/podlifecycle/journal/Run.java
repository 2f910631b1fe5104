package io.podlifecycle.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of the application, as far as the journal tells. Immutable.
 *
 * @param number its number since the journal was begun, from 1
 * @param entries what was noted, in order, at least one
 * @since 0.1.0
 */
public record Run(int number, List<JournalEntry> entries) {

	public Run {
		entries = List.copyOf(entries);
	}

	/**
	 * Return how it ended.
	 * @return its end, {@link RunEnd#KILLED} if nothing says that it has ended
	 */
	public RunEnd end() {
		return switch (endEntry().map(JournalEntry::milestone).orElse(Milestone.STARTING)) {
			case CLEAN -> RunEnd.CLEAN;
			case GIVEN_UP -> RunEnd.GIVEN_UP;
			case FAILED -> RunEnd.CRASHED_IN_STARTUP;
			case HALTED -> RunEnd.HALTED;
			default -> RunEnd.KILLED;
		};
	}

	/**
	 * Return more about the end.
	 * @return the reason, or how far the run had come; possibly empty
	 */
	public String detail() {
		return endEntry().map(JournalEntry::detail).orElseGet(this::progress);
	}

	/**
	 * Return when it was begun.
	 * @return the time of its first entry
	 */
	public Instant startedAt() {
		return this.entries.get(0).time();
	}

	/**
	 * Return when it gave the last sign of life: for a run that was killed, some time
	 * before its end.
	 * @return the time of its last entry
	 */
	public Instant lastSeenAt() {
		return this.entries.get(this.entries.size() - 1).time();
	}

	boolean has(Milestone milestone) {
		return this.entries.stream().anyMatch((entry) -> entry.milestone() == milestone);
	}

	private Optional<JournalEntry> endEntry() {
		return this.entries.stream().filter((entry) -> entry.milestone().isEnd()).reduce((earlier, later) -> later);
	}

	private String progress() {
		if (has(Milestone.QUIESCING)) {
			return "during its shutdown";
		}
		return has(Milestone.READY) ? "while it was serving" : "in startup";
	}

	/**
	 * Tell the runs apart. A line that was lost may be the first of a run.
	 * @param entries all entries
	 * @return the runs, in order
	 */
	static List<Run> of(List<JournalEntry> entries) {
		List<Run> runs = new ArrayList<>();
		List<JournalEntry> current = new ArrayList<>();
		for (JournalEntry entry : entries) {
			if (!current.isEmpty() && beginsRun(entry, current.get(current.size() - 1))) {
				add(current, runs);
			}
			current.add(entry);
		}
		if (!current.isEmpty()) {
			add(current, runs);
		}
		return runs;
	}

	private static boolean beginsRun(JournalEntry entry, JournalEntry before) {
		return entry.milestone() == Milestone.STARTING
				|| (before.milestone().isEnd() && !entry.milestone().isLastWord());
	}

	private static void add(List<JournalEntry> entries, List<Run> runs) {
		int previous = runs.isEmpty() ? 0 : runs.get(runs.size() - 1).number();
		runs.add(new Run(number(entries.get(0), previous + 1), entries));
		entries.clear();
	}

	static String startDetail(int number) {
		return "run " + number;
	}

	private static int number(JournalEntry entry, int otherwise) {
		try {
			return (entry.milestone() == Milestone.STARTING)
					? Integer.parseInt(entry.detail().substring(startDetail(0).length() - 1)) : otherwise;
		}
		catch (NumberFormatException | StringIndexOutOfBoundsException ex) {
			return otherwise;
		}
	}

}
