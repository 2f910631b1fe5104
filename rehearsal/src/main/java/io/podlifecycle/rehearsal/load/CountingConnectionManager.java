package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;

import javax.net.ssl.SSLSocket;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Holds the one connection of one client, never checks it before use, and counts what it
 * carried. Used by one thread.
 */
final class CountingConnectionManager extends BasicHttpClientConnectionManager {

	private final LoadRecorder recorder;

	private int requestsOnThisConnection;

	CountingConnectionManager(LoadRecorder recorder, Timeout timeout) {
		super(new DefaultHttpClientConnectionOperator(null, new FirstAddressResolver(),
				(scheme) -> "https".equals(scheme) ? CountingConnectionManager::tls : null), null);
		this.recorder = recorder;
		setConnectionConfig(ConnectionConfig.custom()
			.setConnectTimeout(timeout)
			.setSocketTimeout(timeout)
			.setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
			.build());
	}

	private static SSLSocket tls(Socket socket, String target, int port, @Nullable Object attachment,
			HttpContext context) throws IOException {
		return TrustingTls.upgrade(socket, target, port, "http/1.1");
	}

	@Override
	public synchronized void connect(ConnectionEndpoint endpoint, TimeValue connectTimeout, HttpContext context)
			throws IOException {
		this.requestsOnThisConnection = 0;
		super.connect(endpoint, connectTimeout, context);
		this.recorder.connected();
	}

	synchronized int requestsOnThisConnection() {
		return this.requestsOnThisConnection;
	}

	synchronized void requestIsOver() {
		this.requestsOnThisConnection++;
	}

	/**
	 * Hides the further addresses of a host: the client would try them one after another,
	 * which is a retry.
	 */
	private static final class FirstAddressResolver implements DnsResolver {

		@Override
		public InetAddress[] resolve(String host) throws UnknownHostException {
			return new InetAddress[] { InetAddress.getByName(host) };
		}

		@Override
		public String resolveCanonicalHostname(String host) {
			return host;
		}

	}

}
