package io.podlifecycle.rehearsal.process;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.time.Deadline;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks a URL with a GET on a connection of its own ({@code Connection: close}), without
 * redirects and without retries other than those that the caller asks for.
 * <p>
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class HttpProbe {

	private static final long PAUSE_MILLIS = 50;

	private static final Duration SHORTEST_ATTEMPT = Duration.ofSeconds(1);

	private final String userAgent;

	private final Duration timeout;

	private HttpProbe(String userAgent, Duration timeout) {
		this.userAgent = userAgent;
		this.timeout = timeout;
	}

	/**
	 * Creates a probe.
	 * @param userAgent what it sends as {@code User-Agent}
	 * @param timeout how long to wait for the connection, and then for each part of the
	 * answer; positive
	 * @return the probe
	 */
	public static HttpProbe of(String userAgent, Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("The timeout must be positive, but is " + timeout);
		}
		return new HttpProbe(userAgent, timeout);
	}

	/**
	 * Creates a probe that calls itself {@code pod-lifecycle-rehearsal} and waits for 30
	 * s: the first answer of an application may take long on a busy machine.
	 * @return the probe
	 */
	public static HttpProbe create() {
		return of("pod-lifecycle-rehearsal", Duration.ofSeconds(30));
	}

	/**
	 * Asks once.
	 * @param uri an {@code http} URL
	 * @return the answer, whatever its status
	 * @throws IOException if there is no complete answer
	 */
	public Answer get(URI uri) throws IOException {
		return get(uri, this.timeout);
	}

	private Answer get(URI uri, Duration limit) throws IOException {
		HttpGet request = new HttpGet(uri);
		request.setHeader(HttpHeaders.CONNECTION, "close");
		try (CloseableHttpClient client = newClient(Timeout.of(limit))) {
			return client.execute(request, (response) -> {
				List<String> headers = new ArrayList<>();
				for (Header header : response.getHeaders()) {
					headers.add(header.getName() + ": " + header.getValue());
				}
				String body = (response.getEntity() != null) ? EntityUtils.toString(response.getEntity()) : "";
				return new Answer(response.getCode(), headers, body);
			});
		}
	}

	/**
	 * Asks again and again, every 50 ms, until the answer has a status. An attempt is
	 * given what is left of the time, but 1 s or more, and no more than the timeout of
	 * this probe.
	 * @param uri an {@code http} URL
	 * @param status the status to wait for
	 * @param timeout how long to wait at most
	 * @return the first answer with the status
	 * @throws AssertionError if it does not come in time; the message names the last
	 * answer or error
	 */
	public Answer awaitStatus(URI uri, int status, Duration timeout) {
		Deadline deadline = Deadline.in(timeout);
		String last = "nothing";
		@Nullable IOException cause = null;
		try {
			do {
				try {
					Answer answer = get(uri, limit(deadline));
					if (answer.status() == status) {
						return answer;
					}
					last = answer.toString();
					cause = null;
				}
				catch (IOException ex) {
					last = ex.toString();
					cause = ex;
				}
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			}
			while (!deadline.hasPassed());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for status " + status + " of " + uri, ex);
		}
		throw new AssertionError(uri + " did not answer with status " + status + " within " + timeout
				+ ". The last attempt gave: " + last, cause);
	}

	private Duration limit(Deadline deadline) {
		Duration remaining = deadline.remaining();
		Duration limit = (remaining.compareTo(SHORTEST_ATTEMPT) > 0) ? remaining : SHORTEST_ATTEMPT;
		return (limit.compareTo(this.timeout) < 0) ? limit : this.timeout;
	}

	private CloseableHttpClient newClient(Timeout limit) {
		BasicHttpClientConnectionManager connections = BasicHttpClientConnectionManager.create((scheme) -> null);
		connections
			.setConnectionConfig(ConnectionConfig.custom().setConnectTimeout(limit).setSocketTimeout(limit).build());
		return HttpClients.custom()
			.setConnectionManager(connections)
			.setDefaultRequestConfig(
					RequestConfig.custom().setResponseTimeout(limit).setProtocolUpgradeEnabled(false).build())
			.setUserAgent(this.userAgent)
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableContentCompression()
			.build();
	}

	/**
	 * An answer.
	 *
	 * @param status the status code
	 * @param headers the headers as {@code Name: value}, in their order
	 * @param body the body as text, empty if there is none
	 * @since 0.1.0
	 */
	public record Answer(int status, List<String> headers, String body) {

		/**
		 * Copies the collections.
		 */
		public Answer {
			headers = List.copyOf(headers);
		}

	}

}
