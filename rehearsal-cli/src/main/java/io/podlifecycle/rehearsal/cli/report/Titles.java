package io.podlifecycle.rehearsal.cli.report;

import java.util.List;
import java.util.Locale;

import io.podlifecycle.rehearsal.rollout.Rollout;

/**
 * What the rehearsals of a comparison are called. Immutable.
 *
 * @param columns in tables
 * @param headings in front of text
 * @since 0.1.0
 */
public record Titles(List<String> columns, List<String> headings) {

	/** The setting of a rehearsal that says which of two versions it is about. */
	public static final String VERSION = "version";

	/** The version without a change. */
	public static final String BEFORE = "before";

	/** The version with it. */
	public static final String AFTER = "after";

	/**
	 * Copies the collections.
	 */
	public Titles {
		columns = List.copyOf(columns);
		headings = List.copyOf(headings);
	}

	/**
	 * Returns the titles of rehearsals.
	 * @param rollouts what was seen: one rehearsal, or two that are compared
	 * @return as many titles
	 */
	public static Titles of(List<Rollout> rollouts) {
		if (rollouts.size() != 2) {
			return new Titles(List.of(""), List.of("What happened"));
		}
		return rollouts.get(0).settings().containsKey(VERSION)
				? new Titles(List.of(BEFORE, AFTER), List.of("Before the change", "After the change"))
				: new Titles(List.of("without", "with"), List.of("Without the library", "With the library"));
	}

	/**
	 * Returns a title within a sentence.
	 * @param index the index of the rehearsal
	 * @return its heading, if there are two, in lower case
	 */
	public String within(int index) {
		return (this.columns.size() == 1) ? "" : " " + this.headings.get(index).toLowerCase(Locale.ROOT);
	}

}
