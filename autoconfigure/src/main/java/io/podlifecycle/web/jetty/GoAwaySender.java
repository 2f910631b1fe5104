package io.podlifecycle.web.jetty;

import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Asks the client of one connection to leave. Called about once a second for each.
 *
 * @since 0.1.0
 */
@FunctionalInterface
interface GoAwaySender {

	/**
	 * Ask the client of a connection to leave, if its protocol has a word for that.
	 * @param connection the connection, of any protocol; {@code null} while it is being
	 * set up
	 */
	void sendGoAway(@Nullable Connection connection);

}
