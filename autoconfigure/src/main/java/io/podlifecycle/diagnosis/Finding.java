package io.podlifecycle.diagnosis;

/**
 * Something that stands in the way of an orderly end. Immutable.
 *
 * @param problem what is wrong, a sentence without a full stop
 * @param mend what to do, a sentence without a full stop
 * @since 0.1.0
 */
public record Finding(String problem, String mend) {

	@Override
	public String toString() {
		return this.problem + ". " + this.mend + ".";
	}

}
