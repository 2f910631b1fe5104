package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP/1.1.
 */
final class Http1Requester implements Requester {

	private final URI target;

	private final boolean keepAlive;

	private final CountingConnectionManager connection;

	private final CloseableHttpClient client;

	private int requestsBefore;

	private volatile @Nullable HttpGet underWay;

	Http1Requester(URI target, boolean keepAlive, Duration timeout, LoadRecorder recorder) {
		this.target = target;
		this.keepAlive = keepAlive;
		this.connection = new CountingConnectionManager(recorder, Timeout.of(timeout));
		this.client = client(this.connection, timeout);
	}

	/**
	 * Return an HTTP client that does nothing but what it is told.
	 */
	static CloseableHttpClient client(CountingConnectionManager connection, Duration timeout) {
		return HttpClients.custom()
			.setConnectionManager(connection)
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

	@Override
	public int request() throws IOException {
		HttpGet request = new HttpGet(this.target);
		if (!this.keepAlive) {
			request.setHeader(HttpHeaders.CONNECTION, "close");
		}
		this.underWay = request;
		try {
			return this.client.execute(request, (response) -> {
				EntityUtils.consume(response.getEntity());
				return response.getCode();
			});
		}
		finally {
			this.underWay = null;
			this.requestsBefore = this.connection.requestsOnThisConnection();
			this.connection.requestIsOver();
		}
	}

	@Override
	public void cancel() {
		HttpGet request = this.underWay;
		if (request != null) {
			request.cancel();
		}
	}

	@Override
	public int requestsBefore() {
		return this.requestsBefore;
	}

	@Override
	public void close() {
		this.client.close(CloseMode.GRACEFUL);
		this.connection.close();
	}

}
