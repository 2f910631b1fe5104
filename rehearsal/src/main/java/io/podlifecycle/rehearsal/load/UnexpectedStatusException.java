package io.podlifecycle.rehearsal.load;

import java.io.IOException;

/**
 * The server answered, but not with a stream, or ended a stream with a code that is not a
 * clean end.
 */
@SuppressWarnings("serial")
class UnexpectedStatusException extends IOException {

	UnexpectedStatusException(String status) {
		super(status);
	}

}
