package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.time.Duration;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client of one connection that does nothing but what it is told. Used by one
 * thread, and cancelled by any.
 */
final class Http1Client {

	private final CountingConnectionManager connection;

	private final CloseableHttpClient client;

	private volatile @Nullable HttpGet underWay;

	Http1Client(Duration timeout, LoadRecorder recorder) {
		this.connection = new CountingConnectionManager(recorder, Timeout.of(timeout));
		this.client = HttpClients.custom()
			.setConnectionManager(this.connection)
			.setDefaultRequestConfig(RequestConfig.custom()
				.setResponseTimeout(Timeout.of(timeout))
				.setProtocolUpgradeEnabled(false)
				.build())
			.setUserAgent(Load.USER_AGENT)
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableContentCompression()
			.build();
	}

	/**
	 * Send a request and read its answer.
	 * @param request the request
	 * @param answer reads the answer
	 * @return what that has read
	 * @throws IOException if there is no whole answer
	 */
	int execute(HttpGet request, HttpClientResponseHandler<Integer> answer) throws IOException {
		this.underWay = request;
		try {
			return this.client.execute(request, answer);
		}
		finally {
			this.underWay = null;
		}
	}

	/**
	 * Give up the request that is under way, if there is one.
	 */
	void cancel() {
		HttpGet request = this.underWay;
		if (request != null) {
			request.cancel();
		}
	}

	/**
	 * Count a request.
	 * @return how many were sent on this connection before it
	 */
	int requestIsOver() {
		int before = this.connection.requestsOnThisConnection();
		this.connection.requestIsOver();
		return before;
	}

	void close(CloseMode mode) {
		this.client.close(mode);
		this.connection.close();
	}

}
