package io.podlifecycle.report;

import java.util.Locale;

import io.podlifecycle.Internal;

/**
 * A value that leaves the process, as a tag, in JSON or in a file: its id is stable, its
 * text is for people and may change.
 *
 * @since 0.1.0
 */
@Internal
public interface Identifiable {

	/**
	 * Return the name of the constant.
	 * @return the name
	 */
	String name();

	/**
	 * Return the id.
	 * @return the name in lower case, such as {@code pre_stop}
	 */
	default String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
