package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;

/**
 * Speaks HTTP/1.1.
 */
final class Http1Requester implements Requester {

	private final URI target;

	private final boolean keepAlive;

	private final Http1Client client;

	private int requestsBefore;

	Http1Requester(URI target, boolean keepAlive, Duration timeout, LoadRecorder recorder) {
		this.target = target;
		this.keepAlive = keepAlive;
		this.client = new Http1Client(timeout, recorder);
	}

	@Override
	public int request() throws IOException {
		HttpGet request = new HttpGet(this.target);
		if (!this.keepAlive) {
			request.setHeader(HttpHeaders.CONNECTION, "close");
		}
		try {
			return this.client.execute(request, (response) -> {
				EntityUtils.consume(response.getEntity());
				return response.getCode();
			});
		}
		finally {
			this.requestsBefore = this.client.requestIsOver();
		}
	}

	@Override
	public void cancel() {
		this.client.cancel();
	}

	@Override
	public int requestsBefore() {
		return this.requestsBefore;
	}

	@Override
	public void close() {
		this.client.close(CloseMode.GRACEFUL);
	}

}
