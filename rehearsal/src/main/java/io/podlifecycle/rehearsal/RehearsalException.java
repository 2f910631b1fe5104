package io.podlifecycle.rehearsal;

import org.jspecify.annotations.Nullable;

/**
 * Says why a rehearsal could not be done: the application does not start, a pod does not
 * become ready, a port is taken. Nothing of the rehearsal runs any more.
 *
 * @since 0.1.0
 */
public class RehearsalException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param message what happened, where, and how to fix it
	 */
	public RehearsalException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what happened, where, and how to fix it
	 * @param cause what caused it
	 */
	public RehearsalException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
