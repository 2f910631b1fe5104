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
 * @since 0.1.0
 */
record Finding(Rule rule, String resource, String field, String problem, String fix) {

	@Override
	public String toString() {
		return this.resource + System.lineSeparator() + "  " + this.field + System.lineSeparator() + "    "
				+ this.problem + System.lineSeparator() + "    Fix: " + this.fix;
	}

}
