package io.podlifecycle.autoconfigure;

/**
 * Checks numbers in properties.
 */
final class Numbers {

	private Numbers() {
	}

	static int positive(String property, int value) {
		if (value < 1) {
			throw new InvalidPropertyException(property, value, "it must be at least 1", "Set it to 1 or more.");
		}
		return value;
	}

}
