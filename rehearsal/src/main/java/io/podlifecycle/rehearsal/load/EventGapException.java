package io.podlifecycle.rehearsal.load;

import java.io.IOException;

/**
 * Events of a stream are missing.
 */
@SuppressWarnings("serial")
class EventGapException extends IOException {

	EventGapException(String message) {
		super(message);
	}

}
