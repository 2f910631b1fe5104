package io.podlifecycle.rehearsal.load;

import java.net.URI;
import java.time.Duration;

/**
 * What one client does.
 *
 * @param name its name in failures
 * @param http2 whether it speaks HTTP/2; else HTTP/1.1
 * @param keepAlive whether it uses its connection again
 * @param firstPause the time before its first request
 * @param pause the time between an answer and the next request
 */
record ClientPlan(String name, boolean http2, boolean keepAlive, Duration firstPause, Duration pause) {

	Requester requester(URI target, Duration timeout, LoadRecorder recorder) {
		return this.http2 ? new Http2Requester(target, this.keepAlive, timeout, recorder)
				: new Http1Requester(target, this.keepAlive, timeout, recorder);
	}

}
