package io.podlifecycle.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Many clients, each with a connection that it keeps. They never try again. For use by
 * one thread, which is all that they need.
 */
final class Crowd implements Closeable {

	private static final long TICK_MILLIS = 5;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final Selector selector = Selector.open();

	private final ByteBuffer buffer = ByteBuffer.allocate(4096);

	private final List<Client> clients = new ArrayList<>();

	private final List<SocketChannel> others = new ArrayList<>();

	private final InetSocketAddress address;

	private int asked;

	private int answered;

	Crowd(int size, int port) throws IOException {
		this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		for (int i = 0; i < size; i++) {
			SocketChannel channel = SocketChannel.open(this.address);
			channel.configureBlocking(false);
			Client client = new Client(channel);
			channel.register(this.selector, SelectionKey.OP_READ, client);
			this.clients.add(client);
		}
	}

	/**
	 * Ask once on each connection that the server has not closed by then. Counts anew.
	 * @param path what to ask for
	 * @param spread the time from the first request to the last
	 * @param end whether to listen no longer
	 */
	void ask(String path, Duration spread, BooleanSupplier end) throws IOException {
		ByteBuffer request = request(path);
		countAnew();
		long start = System.nanoTime();
		int next = 0;
		do {
			double share = Math.min(1, (System.nanoTime() - start) / (double) Math.max(1, spread.toNanos()));
			for (; next < share * this.clients.size(); next++) {
				this.clients.get(next).ask(request.duplicate());
			}
			listenOnce(TICK_MILLIS);
		}
		while (!isOver(start, end));
	}

	/** Leave one request open, on a connection besides, that does not count. */
	void keepBusy(String path) throws IOException {
		SocketChannel channel = SocketChannel.open(this.address);
		this.others.add(channel);
		channel.write(request(path));
	}

	private static ByteBuffer request(String path) {
		return StandardCharsets.US_ASCII.encode("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}

	/**
	 * Read what comes.
	 * @param end whether to listen no longer
	 */
	void listen(BooleanSupplier end) throws IOException {
		long start = System.nanoTime();
		while (!isOver(start, end)) {
			listenOnce(TICK_MILLIS);
		}
	}

	/** Read what has arrived and was not read yet. */
	void listenToTheRest() throws IOException {
		int heard;
		do {
			heard = listenOnce(TICK_MILLIS);
		}
		while (heard > 0);
	}

	private int listenOnce(long millis) throws IOException {
		return this.selector.select((SelectionKey key) -> ((Client) key.attachment()).read(), millis);
	}

	private boolean isOver(long start, BooleanSupplier end) {
		if (System.nanoTime() - start > PATIENCE.toNanos()) {
			throw new IllegalStateException(
					this.answered + " of " + this.asked + " requests were answered within " + PATIENCE);
		}
		return end.getAsBoolean();
	}

	void countAnew() {
		this.asked = 0;
		this.answered = 0;
	}

	boolean allAreAnswered() {
		return this.answered == this.asked;
	}

	int answered() {
		return this.answered;
	}

	int failed() {
		return this.asked - this.answered;
	}

	/** How many connections the server had closed before they were used again. */
	int left() {
		return this.clients.size() - this.asked;
	}

	@Override
	public void close() throws IOException {
		this.clients.forEach(Client::leave);
		for (SocketChannel channel : this.others) {
			channel.close();
		}
		this.selector.close();
	}

	private final class Client {

		private final SocketChannel channel;

		private final StringBuilder answer = new StringBuilder();

		Client(SocketChannel channel) {
			this.channel = channel;
		}

		void ask(ByteBuffer request) {
			if (this.channel.isOpen()) {
				Crowd.this.asked++;
				this.answer.setLength(0);
				try {
					this.channel.write(request);
				}
				catch (IOException ex) {
					leave();
				}
			}
		}

		void read() {
			try {
				if (this.channel.read(Crowd.this.buffer.clear()) < 0) {
					leave();
				}
				else {
					this.answer.append(StandardCharsets.US_ASCII.decode(Crowd.this.buffer.flip()));
					noticeAnswer();
				}
			}
			catch (IOException ex) {
				// The server reset the connection.
				leave();
			}
		}

		/** The whole of it, with the body that all answers have. */
		private void noticeAnswer() {
			if (this.answer.indexOf("HTTP/1.1 200") == 0 && this.answer.indexOf("\r\n\r\nok") > 0) {
				this.answer.setLength(0);
				Crowd.this.answered++;
			}
		}

		void leave() {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
