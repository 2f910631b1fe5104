package io.podlifecycle.dependency;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * {@code http://} and {@code https://}: a GET is answered with a status from 200 to 399.
 * Redirects are not followed. User info in the URI becomes basic authentication.
 * <p>
 * The JDK's {@link HttpURLConnection} rather than its newer client: it leaves neither a
 * thread nor a pooled connection behind (docs/adr/0004).
 */
final class HttpProbeFactory implements ProbeFactory {

	@Override
	public Set<String> schemes() {
		return Set.of("http", "https");
	}

	@Override
	public Probe create(URI uri) {
		URL url = urlOf(uri);
		String authorization = authorizationOf(uri);
		return (timeLimit) -> get(url, authorization, timeLimit);
	}

	private static ProbeResult get(URL url, @Nullable String authorization, Duration timeLimit) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) url.openConnection();
		try {
			int timeout = Math.max(1, (int) timeLimit.toMillis());
			connection.setConnectTimeout(timeout);
			connection.setReadTimeout(timeout);
			connection.setInstanceFollowRedirects(false);
			connection.setUseCaches(false);
			connection.setRequestProperty("Connection", "close");
			connection.setRequestProperty("User-Agent", "pod-lifecycle");
			if (authorization != null) {
				connection.setRequestProperty("Authorization", authorization);
			}
			return judge(connection.getResponseCode());
		}
		catch (UnknownHostException ex) {
			// Carries the bare name only; the resolver says why.
			InetAddress.getByName(url.getHost());
			throw ex;
		}
		finally {
			connection.disconnect();
		}
	}

	private static ProbeResult judge(int status) {
		if (status < 0) {
			return ProbeResult.notYet("the answer is not HTTP");
		}
		return (status >= 200 && status < 400) ? ProbeResult.answered() : ProbeResult.notYet("status " + status);
	}

	private static URL urlOf(URI uri) {
		String path = uri.getRawPath();
		try {
			URI plain = new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
			String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
			return URI.create(plain + (path.isEmpty() ? "/" : path) + query).toURL();
		}
		catch (URISyntaxException | IOException ex) {
			throw new IllegalArgumentException("it is not a URL", ex);
		}
	}

	private static @Nullable String authorizationOf(URI uri) {
		String userInfo = uri.getUserInfo();
		return (userInfo != null)
				? "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8)) : null;
	}

}
