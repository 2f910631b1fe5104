package io.podlifecycle.process;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Opens streams, and sees how they end: each future is completed with what it saw, and
 * exceptionally if the stream was cut off.
 */
final class StreamClient {

	/** What the RFC calls the code of a session that is closed without a close frame. */
	static final int ABNORMAL = 1006;

	private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	private final Service service;

	StreamClient(Service service) {
		this.service = service;
	}

	CompletableFuture<HttpResponse<String>> open(String path) {
		return open(path, Version.HTTP_1_1);
	}

	CompletableFuture<HttpResponse<String>> open(String path, Version version) {
		HttpRequest request = HttpRequest.newBuilder(this.service.uri(path)).version(version).build();
		return this.client.sendAsync(request, BodyHandlers.ofString());
	}

	/**
	 * Open a session.
	 * @return its close code, once it is closed
	 */
	CompletableFuture<Integer> openSocket(String path) {
		return openSocket(path, new Listener());
	}

	/**
	 * Open a session and connect with STOMP.
	 * @return its close code, once it is closed
	 */
	CompletableFuture<Integer> openStomp(String path) {
		Listener listener = new Listener();
		CompletableFuture<Integer> closed = openSocket(path, listener);
		listener.received.join();
		return closed;
	}

	private CompletableFuture<Integer> openSocket(String path, Listener listener) {
		URI uri = URI.create(this.service.uri(path).toString().replace("http:", "ws:"));
		WebSocket socket = this.client.newWebSocketBuilder().buildAsync(uri, listener).join();
		if (path.equals("/stomp")) {
			socket.sendText("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0", true).join();
		}
		return listener.closed;
	}

	private static final class Listener implements WebSocket.Listener {

		private final CompletableFuture<Boolean> received = new CompletableFuture<>();

		private final CompletableFuture<Integer> closed = new CompletableFuture<>();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.received.complete(true);
			socket.request(1);
			return CompletableFuture.completedStage(null);
		}

		@Override
		public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			this.closed.complete(code);
			return CompletableFuture.completedStage(null);
		}

		@Override
		public void onError(WebSocket socket, Throwable error) {
			this.closed.complete(ABNORMAL);
		}

	}

}
