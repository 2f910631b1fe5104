package io.podlifecycle.rehearsal.cli.advice;

/**
 * Something in a manifest that does not fit. Immutable.
 *
 * @param rule what it is held against
 * @param resource the file, the kind and the name of the resource
 * @param field the path of the field in the resource, such as
 * {@code spec.template.spec.containers[0].readinessProbe}, which may be missing
 * @param problem what is wrong, and what comes of it
 * @param fix what to do
 * @param acceptance why the user accepts it; empty if it is not accepted
 * @since 0.1.0
 */
record Finding(Rule rule, String resource, String field, String problem, String fix, String acceptance) {

	boolean isAccepted() {
		return !this.acceptance.isEmpty();
	}

	Finding accept(String reason) {
		return new Finding(this.rule, this.resource, this.field, this.problem, this.fix, reason);
	}

	@Override
	public String toString() {
		return String.join(System.lineSeparator(), this.resource, "  " + this.field + " (" + this.rule.id() + ")",
				"    " + this.problem, isAccepted() ? "    Accepted: " + this.acceptance : "    Fix: " + this.fix);
	}

}
