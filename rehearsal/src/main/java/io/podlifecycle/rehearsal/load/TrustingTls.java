package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS that takes any certificate: a load measures whether there is an answer, not whose.
 */
final class TrustingTls {

	private static final SSLContext CONTEXT = context();

	private TrustingTls() {
	}

	/**
	 * Put TLS on a connection.
	 * @param socket the connection
	 * @param host the server's name
	 * @param port the server's port
	 * @param protocol what to speak, as ALPN names it
	 * @return the connection after the handshake
	 * @throws IOException if the handshake fails, or the server does not speak that
	 */
	static SSLSocket upgrade(Socket socket, String host, int port, String protocol) throws IOException {
		SSLSocket tls = (SSLSocket) CONTEXT.getSocketFactory().createSocket(socket, host, port, true);
		SSLParameters parameters = tls.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { protocol });
		tls.setSSLParameters(parameters);
		tls.startHandshake();
		String chosen = tls.getApplicationProtocol();
		if (!chosen.isEmpty() && !chosen.equals(protocol)) {
			throw new IOException("The server wants to speak " + chosen + ", not " + protocol);
		}
		return tls;
	}

	private static SSLContext context() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { new TrustAll() }, new SecureRandom());
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class TrustAll extends X509ExtendedTrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
