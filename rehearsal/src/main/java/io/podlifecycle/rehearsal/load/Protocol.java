package io.podlifecycle.rehearsal.load;

/**
 * What a client speaks.
 */
enum Protocol {

	HTTP1, HTTP2, SSE, WEBSOCKET

}
