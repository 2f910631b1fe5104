package io.podlifecycle.rehearsal.load;

import java.net.URI;
import java.time.Duration;

/**
 * What one client does.
 *
 * @param sort what it has in common with others, in results
 * @param number which of its sort it is
 * @param protocol what it speaks
 * @param target what it asks for
 * @param keepAlive whether it uses its connection again
 * @param firstPause the time before its first request
 * @param pause the time between an answer and the next request, or between the end of a
 * stream and the next one
 */
record ClientPlan(String sort, int number, Protocol protocol, URI target, boolean keepAlive, Duration firstPause,
		Duration pause) {

	/**
	 * Return its name in failures.
	 */
	String name() {
		return this.sort + "-" + this.number;
	}

	boolean isStream() {
		return this.protocol == Protocol.SSE || this.protocol == Protocol.WEBSOCKET;
	}

	Requester requester(Duration timeout, LoadRecorder recorder) {
		return (this.protocol == Protocol.HTTP2) ? new Http2Requester(this.target, this.keepAlive, timeout, recorder)
				: new Http1Requester(this.target, this.keepAlive, timeout, recorder);
	}

	EventStream stream(Duration timeout, LoadRecorder recorder) {
		return (this.protocol == Protocol.SSE) ? new ServerSentEvents(this, timeout, recorder)
				: new WebSocketMessages(this, timeout, recorder);
	}

}
