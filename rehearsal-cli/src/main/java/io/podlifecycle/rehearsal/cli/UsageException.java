package io.podlifecycle.rehearsal.cli;

/**
 * Arguments that cannot be used together. The message is for people.
 */
final class UsageException extends RuntimeException {

	UsageException(String message) {
		super(message);
	}

}
