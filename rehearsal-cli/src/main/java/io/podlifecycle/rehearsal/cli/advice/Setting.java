package io.podlifecycle.rehearsal.cli.advice;

/**
 * A value that follows from what was measured. Immutable.
 *
 * @param name the property, or the field of the container
 * @param value its value, as it is written there
 * @param reason what it follows from
 * @since 0.1.0
 */
public record Setting(String name, String value, String reason) {

	@Override
	public String toString() {
		return this.name + ": " + this.value + System.lineSeparator() + "    " + this.reason;
	}

}
