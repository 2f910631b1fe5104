package io.podlifecycle.process;

/**
 * The JDK keeps the class of the record whose methods it has linked last, and with it
 * that class's loader. This one takes its place.
 *
 * @param value of a type that is not {@code Object}
 */
record LastRecord(Number value) {

	static void link() {
		LastRecord record = new LastRecord(1);
		if (!record.equals(new LastRecord(1)) || record.hashCode() == 0 || record.toString().isEmpty()) {
			throw new IllegalStateException();
		}
	}

}
