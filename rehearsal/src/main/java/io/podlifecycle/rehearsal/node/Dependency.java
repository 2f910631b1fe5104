package io.podlifecycle.rehearsal.node;

import java.net.InetSocketAddress;
import java.util.List;

import io.podlifecycle.rehearsal.process.FreePort;
import org.jspecify.annotations.Nullable;

/**
 * Something that an application needs, at an address that a rehearsal can make late, lose
 * and move: TCP connections to a port of this machine go to a target. While it is stopped
 * connections to it are refused, and those that there were are reset.
 * <p>
 * Thread-safe. Stopped at first.
 *
 * @since 0.1.0
 */
public final class Dependency implements AutoCloseable {

	private final int port = FreePort.next();

	private InetSocketAddress target;

	private @Nullable FrontProxy proxy;

	private Dependency(InetSocketAddress target) {
		this.target = target;
	}

	/**
	 * Creates a dependency that is stopped.
	 * @param target where its connections go to
	 * @return the dependency; the caller closes it
	 */
	public static Dependency of(InetSocketAddress target) {
		return new Dependency(target);
	}

	/**
	 * Returns the port at which the application finds the dependency.
	 * @return the port, at 127.0.0.1
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Lets it be there. Does nothing if it is.
	 * @throws java.io.UncheckedIOException if another process has taken the port
	 */
	public synchronized void start() {
		if (this.proxy == null) {
			FrontProxy started = FrontProxy.start(this.port);
			started.endpoints(List.of(this.target));
			this.proxy = started;
		}
	}

	/**
	 * Lets it be lost: connections are refused from now on, and those that there are are
	 * reset. Does nothing if it is stopped.
	 */
	public synchronized void stop() {
		if (this.proxy != null) {
			this.proxy.close();
			this.proxy = null;
		}
	}

	/**
	 * Moves it: the connections that there are are reset, and new ones go to another
	 * target.
	 * @param target the other target
	 */
	public synchronized void moveTo(InetSocketAddress target) {
		this.target = target;
		if (this.proxy != null) {
			stop();
			start();
		}
	}

	/**
	 * Does the same as {@link #stop()}.
	 */
	@Override
	public void close() {
		stop();
	}

}
