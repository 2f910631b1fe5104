package io.podlifecycle.boot;

import io.podlifecycle.Internal;

/**
 * The format of a termination message.
 *
 * @since 0.1.0
 */
@Internal
public enum TerminationMessageFormat {

	/**
	 * Lines for people.
	 */
	TEXT,

	/**
	 * A JSON object, the same as in the answer of the endpoint.
	 */
	JSON

}
