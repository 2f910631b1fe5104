package io.podlifecycle.web;

import io.podlifecycle.Internal;

/**
 * The connections of a servlet container, each of which can be cut.
 *
 * @since 0.1.0
 */
@Internal
@FunctionalInterface
public interface AbortableConnections {

	/**
	 * Cut a connection, so that whatever waits for its client fails. Does not wait, and
	 * does nothing if there is no such connection.
	 * @param connectionId the id of the connection, as in
	 * {@link jakarta.servlet.ServletConnection#getConnectionId()}
	 */
	void abort(String connectionId);

	/**
	 * Return the connections of several containers as one.
	 * @param containers the containers
	 * @return all their connections
	 */
	static AbortableConnections of(Iterable<AbortableConnections> containers) {
		return (connectionId) -> containers.forEach((each) -> each.abort(connectionId));
	}

}
