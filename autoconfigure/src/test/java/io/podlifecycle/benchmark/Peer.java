package io.podlifecycle.benchmark;

import java.io.Closeable;
import java.io.IOException;

/**
 * What is waited for: it does not answer until it is told to.
 */
final class Peer implements Closeable {

	final String uri;

	private final Opening opening;

	final boolean alive;

	private Closeable opened = () -> {
	};

	Peer(String uri, Opening opening) {
		this(uri, opening, false);
	}

	Peer(String uri, Opening opening, boolean alive) {
		this.uri = uri;
		this.opening = opening;
		this.alive = alive;
	}

	long answer() throws Exception {
		long before = System.nanoTime();
		this.opened = this.opening.open();
		return before;
	}

	@Override
	public void close() throws IOException {
		this.opened.close();
	}

	@FunctionalInterface
	interface Opening {

		Closeable open() throws Exception;

	}

}
