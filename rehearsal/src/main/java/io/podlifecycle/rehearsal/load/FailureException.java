package io.podlifecycle.rehearsal.load;

import java.io.IOException;

import io.podlifecycle.rehearsal.load.Failure.Kind;

/**
 * A request or a stream failed in a way that is known, and not an error of the
 * connection. The message is all there is to tell.
 */
@SuppressWarnings("serial")
class FailureException extends IOException {

	private final Kind kind;

	FailureException(Kind kind, String message) {
		super(message);
		this.kind = kind;
	}

	Kind kind() {
		return this.kind;
	}

}
