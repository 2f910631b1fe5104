package io.podlifecycle.rehearsal.advice;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Properties that stand together, and the profiles that they are for.
 *
 * @param profiles the profiles, any of which makes them count, separated by commas; empty
 * if they always do
 * @param values the properties
 */
record PropertyDocument(String profiles, Map<String, String> values) {

	PropertyDocument {
		values = Map.copyOf(values);
	}

	boolean isForAllProfiles() {
		return this.profiles.isEmpty();
	}

	/**
	 * Tells whether the properties count. Expressions with {@code &} and {@code |} are
	 * not understood, and never do.
	 */
	boolean isFor(List<String> active) {
		return Stream.of(this.profiles.split(",")).map(String::strip).anyMatch((profile) -> {
			if (profile.startsWith("!")) {
				return !active.contains(profile.substring(1));
			}
			return active.contains(profile) || (profile.equals("default") && active.isEmpty());
		});
	}

}
