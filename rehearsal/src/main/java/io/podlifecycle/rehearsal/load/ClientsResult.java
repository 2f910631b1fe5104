package io.podlifecycle.rehearsal.load;

/**
 * What the clients of one sort saw. Immutable.
 *
 * @param sort the sort, as the names of its clients begin: {@code kept-alive},
 * {@code fresh}, {@code http2-kept-alive}, {@code http2-fresh}, {@code sse},
 * {@code websocket}
 * @param requests the requests or streams that are over, failed ones included
 * @param failed how many of them failed
 * @param events the events or messages that streams brought
 * @since 0.1.0
 */
public record ClientsResult(String sort, long requests, long failed, long events) {

	@Override
	public String toString() {
		String events = (this.events > 0) ? "/" + this.events + " events" : "";
		return this.sort + "=" + this.requests + events + "/" + this.failed + " failed";
	}

}
