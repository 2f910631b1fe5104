package io.podlifecycle.boot;

import io.podlifecycle.Internal;

/**
 * Checks numbers in properties.
 */
@Internal
public final class Numbers {

	private Numbers() {
	}

	public static int positive(String property, int value) {
		if (value < 1) {
			throw new InvalidPropertyException(property, value, "it must be at least 1", "Set it to 1 or more.");
		}
		return value;
	}

}
