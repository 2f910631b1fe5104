package io.podlifecycle.rehearsal.load;

import java.time.Duration;

/**
 * A request that did not get a 2xx answer, or a stream that could not be opened or did
 * not end cleanly.
 *
 * @param at when that was known, counted from the start of the load
 * @param client which client sent it: {@code kept-alive-1}, {@code fresh-1},
 * {@code http2-kept-alive-1}, {@code sse-1}, {@code websocket-1} and so on
 * @param kind what happened
 * @param detail the status or close code for {@link Kind#STATUS}, otherwise the exception
 * @param requestsBeforeOnThisConnection how many requests the same connection had carried
 * before; 0 on a new one, or if there was no connection. For a stream, how many events it
 * had brought
 * @since 0.1.0
 */
public record Failure(Duration at, String client, Kind kind, String detail, int requestsBeforeOnThisConnection) {

	/**
	 * What happened to a request.
	 *
	 * @since 0.1.0
	 */
	public enum Kind {

		/** Nobody listened: the connection was refused. */
		REFUSED,

		/** The connection was reset, before or while the answer came. */
		RESET,

		/**
		 * The connection was closed without an answer, or amid the answer, or a WebSocket
		 * without a closing handshake.
		 */
		EOF,

		/** There was no connection, no complete answer, or no further event in time. */
		TIMEOUT,

		/**
		 * The server said that it would not process the request, which may be sent again:
		 * HTTP/2's GOAWAY, or a refused stream.
		 */
		NOT_PROCESSED,

		/** Events of a stream are missing. */
		GAP,

		/**
		 * There was an answer, and its status was not 2xx, or a WebSocket was closed with
		 * another code than 1000, 1001 and 1012.
		 */
		STATUS,

		/** Anything else, such as a host name that is not known. */
		OTHER

	}

}
