package io.podlifecycle.report;

/**
 * A part of a shutdown that failed or did not end. Immutable.
 *
 * @param part the part, such as {@code pre-stop task lease}
 * @param message what is wrong with it, such as {@code does not end}
 * @since 0.1.0
 */
public record Problem(String part, String message) {

	@Override
	public String toString() {
		return this.part + " " + this.message;
	}

}
