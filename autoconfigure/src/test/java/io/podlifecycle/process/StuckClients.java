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
			send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
					+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
		}
	}

	private void send(String request) throws IOException {
		SocketChannel channel = SocketChannel.open();
		this.channels.add(channel);
		channel.setOption(StandardSocketOptions.SO_RCVBUF, 2048);
		channel.connect(this.service.address());
		channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
	}

	@Override
	public void close() throws IOException {
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
	}

}
