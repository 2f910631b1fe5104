package io.podlifecycle.process;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that ask for streams, and never read. They need no threads.
 */
final class StuckClients implements AutoCloseable {

	private final Service service;

	private final List<SocketChannel> channels = new ArrayList<>();

	StuckClients(Service service) {
		this.service = service;
	}

	void open(int count, String path) throws IOException {
		for (int i = 0; i < count; i++) {
			send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
		}
	}

	void openSockets(int count, String path) throws IOException {
		for (int i = 0; i < count; i++) {
			openSocket(path);
		}
	}

	private SocketChannel openSocket(String path) throws IOException {
		return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
	}

	/**
	 * Subscribe with STOMP, each client to a topic of its own.
	 */
	void openStomp(int count, String path) throws IOException {
		for (int i = 0; i < count; i++) {
			SocketChannel channel = openSocket(path);
			// The answer to the handshake: frames must not come before it.
			channel.read(ByteBuffer.allocate(1024));
			channel.write(frame("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0"));
			channel.write(frame("SUBSCRIBE\nid:0\ndestination:/topic/" + i + "\n\n\0"));
		}
	}

	/** A short text, masked with zeros. */
	private static ByteBuffer frame(String text) {
		byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
		return ByteBuffer.allocate(payload.length + 6)
			.put((byte) 0x81)
			.put((byte) (0x80 | payload.length))
			.putInt(0)
			.put(payload)
			.flip();
	}

	private SocketChannel send(String request) throws IOException {
		SocketChannel channel = SocketChannel.open();
		this.channels.add(channel);
		channel.setOption(StandardSocketOptions.SO_RCVBUF, 2048);
		channel.connect(this.service.address());
		channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
		return channel;
	}

	@Override
	public void close() throws IOException {
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
	}

}
