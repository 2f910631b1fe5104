package io.podlifecycle.process;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Flux;

/**
 * Sends to streams as much as their clients take, and knows how many take nothing.
 */
final class Flood {

	static final String CHUNK = "x".repeat(8192);

	/** Longer than a busy machine keeps a thread waiting. */
	private static final long BLOCKED_NANOS = TimeUnit.SECONDS.toNanos(3);

	private static final int STACK_SIZE = 128 * 1024;

	private final Set<Progress> open = ConcurrentHashMap.newKeySet();

	/**
	 * Send on a thread of its own, which waits for the client.
	 */
	void start(Send send) {
		Thread thread = new Thread(null, () -> sendAll(send), "flood", STACK_SIZE);
		thread.setDaemon(true);
		thread.start();
	}

	private void sendAll(Send send) {
		Progress progress = open();
		try {
			while (true) {
				send.run();
				progress.last = System.nanoTime();
			}
		}
		catch (IOException | IllegalStateException ex) {
			this.open.remove(progress);
		}
	}

	/**
	 * Send without a thread.
	 */
	Flux<String> flux() {
		return Flux.defer(() -> {
			Progress progress = open();
			return Flux.<String>generate((sink) -> {
				progress.last = System.nanoTime();
				sink.next(CHUNK);
			}).doFinally((signal) -> this.open.remove(progress));
		});
	}

	/**
	 * Note that something is being sent.
	 * @return what notes that it was sent
	 */
	Runnable sending() {
		Progress progress = open();
		return () -> this.open.remove(progress);
	}

	private Progress open() {
		Progress progress = new Progress();
		this.open.add(progress);
		return progress;
	}

	/** How many clients have taken nothing for a while. */
	long blocked() {
		long now = System.nanoTime();
		return this.open.stream().filter((progress) -> now - progress.last > BLOCKED_NANOS).count();
	}

	/** Sends one chunk. */
	interface Send {

		void run() throws IOException;

	}

	private static final class Progress {

		private volatile long last = System.nanoTime();

	}

}
