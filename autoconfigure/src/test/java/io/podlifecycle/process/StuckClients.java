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

	/**
	 * Ask with HTTP/2 on a connection of its own, and never extend the window: what the
	 * server may send fits into the buffers of the kernel.
	 */
	void openHttp2(int count, String path) throws IOException {
		byte[] target = path.getBytes(StandardCharsets.US_ASCII);
		ByteBuffer request = ByteBuffer.allocate(256)
			.put("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		// No settings.
		request.put(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 });
		// Headers, which end the first stream: GET, http, the path, the authority.
		request.put(new byte[] { 0, 0, (byte) (target.length + 7), 1, 5, 0, 0, 0, 1 });
		request.put(new byte[] { (byte) 0x82, (byte) 0x86, 4, (byte) target.length }).put(target);
		request.put(new byte[] { 1, 1, 'a' });
		for (int i = 0; i < count; i++) {
			connect(1024 * 1024).write(request.duplicate().flip());
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

	private SocketChannel connect(int receiveBuffer) throws IOException {
		SocketChannel channel = SocketChannel.open();
		this.channels.add(channel);
		channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
		channel.connect(this.service.address());
		return channel;
	}

	private SocketChannel send(String request) throws IOException {
		SocketChannel channel = connect(2048);
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
