package io.podlifecycle.report;

import java.util.regex.Pattern;

/**
 * What texts for people must not have in them.
 */
public final class Texts {

	private static final Pattern RECORD_OR_DURATION = Pattern.compile("\\bPT-?\\d|\\b[A-Z]\\w+\\[\\w+=");

	private Texts() {
	}

	/**
	 * Return whether a text has that of a record or a duration in it.
	 * @param text the text
	 * @return {@code true} if somebody has to read code to understand it
	 */
	public static boolean isOfARecordOrADuration(String text) {
		return RECORD_OR_DURATION.matcher(text).find();
	}

}
