package io.podlifecycle.process;

import java.net.URI;
import java.time.Duration;

import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.RunningLoad;

/**
 * Clients that do the same.
 */
enum ClientKind {

	HTTP1_KEPT_ALIVE(false, true, 4, 20),

	HTTP1_KEPT_ALIVE_SLOW(false, true, 4, 300),

	HTTP1_KEPT_ALIVE_SLOWER(false, true, 4, 1000),

	HTTP1_FRESH(false, false, 2, 50),

	HTTP2_KEPT_ALIVE(true, true, 4, 20),

	HTTP2_KEPT_ALIVE_SLOW(true, true, 4, 300),

	HTTP2_KEPT_ALIVE_SLOWER(true, true, 4, 1000),

	HTTP2_FRESH(true, false, 2, 50);

	private static final Duration MAX = Duration.ofMinutes(4);

	private final boolean http2;

	private final boolean keepAlive;

	private final int count;

	private final Duration pause;

	ClientKind(boolean http2, boolean keepAlive, int count, int pauseMillis) {
		this.http2 = http2;
		this.keepAlive = keepAlive;
		this.count = count;
		this.pause = Duration.ofMillis(pauseMillis);
	}

	RunningLoad start(URI target) {
		Load.Builder load = Load.builder(target, MAX);
		if (this.http2) {
			load.http2();
		}
		return (this.keepAlive ? load.keepAliveClients(this.count, this.pause)
				: load.freshClients(this.count, this.pause))
			.start();
	}

	String protocol(boolean tls) {
		return this.http2 ? tls ? "h2" : "h2c" : tls ? "https/1.1" : "HTTP/1.1";
	}

	@Override
	public String toString() {
		return this.count + (this.keepAlive ? " kept alive, a request each " : " fresh, a request each ")
				+ this.pause.toMillis() + " ms";
	}

	/**
	 * Return after how many more requests each client has sent one that was not on its
	 * way before.
	 */
	long requestsUntilEachHasSentOne() {
		return 2L * this.count;
	}

}
