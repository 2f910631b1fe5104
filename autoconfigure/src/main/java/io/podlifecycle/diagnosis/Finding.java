package io.podlifecycle.diagnosis;

/**
 * Something that stands in the way of a graceful shutdown. Immutable.
 *
 * @param problem what is wrong, a sentence without a full stop
 * @param fix what to do, a sentence without a full stop
 * @since 0.1.0
 */
record Finding(String problem, String fix) {

	@Override
	public String toString() {
		return this.problem + ". " + this.fix + ".";
	}

}
