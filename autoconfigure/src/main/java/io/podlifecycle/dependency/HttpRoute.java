package io.podlifecycle.dependency;

import java.io.IOException;
import java.net.ProtocolException;

import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.time.Deadline;

/**
 * The way to an HTTP server, which is that of the application's own clients: directly, or
 * through the proxy that the JVM is set up with.
 */
final class HttpRoute {

	private final HttpRequest request;

	private final Endpoint next;

	HttpRoute(HttpRequest request) {
		this.request = request;
		this.next = request.endpoint().orProxy(request.scheme());
	}

	private boolean isProxied() {
		return !this.next.equals(this.request.endpoint());
	}

	/** Connect and send the request. */
	ProbeConnection send(Deadline deadline) throws IOException {
		ProbeConnection connection = open(deadline);
		try {
			connection.write(this.request.text(isProxied() && !this.request.isSecure()));
			return connection;
		}
		catch (IOException ex) {
			connection.close();
			throw ex;
		}
	}

	private ProbeConnection open(Deadline deadline) throws IOException {
		ProbeConnection plain = ProbeConnection.open(this.next.host(), this.next.port(), deadline);
		if (!this.request.isSecure()) {
			return plain;
		}
		try {
			if (isProxied()) {
				openTunnel(plain);
			}
			return plain.secure(this.request.endpoint(), this.request.tls());
		}
		catch (IOException | RuntimeException ex) {
			plain.close();
			throw ex;
		}
	}

	private void openTunnel(ProbeConnection proxy) throws IOException {
		Endpoint server = this.request.endpoint();
		proxy.write("CONNECT " + server + " HTTP/1.1\r\nHost: " + server + "\r\nUser-Agent: pod-lifecycle\r\n\r\n");
		int status = HttpAnswer.readHead(proxy).status();
		if (status < 200 || status > 299) {
			throw new ProtocolException("The proxy refused the tunnel with status " + status);
		}
	}

	/** Where proxies are in use, an error says which way was taken. */
	ProbeResult describe(ProbeResult result) {
		if (result.status() == Status.ANSWERED || !(isProxied() || Endpoint.mayHaveProxy(this.request.scheme()))) {
			return result;
		}
		String way = isProxied() ? "through the proxy " + this.next : "without a proxy";
		return new ProbeResult(result.status(), result.detail() + " (" + way + ")");
	}

}
