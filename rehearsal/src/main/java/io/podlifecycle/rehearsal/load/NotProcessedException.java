package io.podlifecycle.rehearsal.load;

import java.io.IOException;

/**
 * The server said of a request that it will not process it.
 */
@SuppressWarnings("serial")
class NotProcessedException extends IOException {

	NotProcessedException(String message) {
		super(message);
	}

}
