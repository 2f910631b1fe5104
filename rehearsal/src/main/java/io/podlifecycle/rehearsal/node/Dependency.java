package io.podlifecycle.rehearsal.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

import io.podlifecycle.rehearsal.process.FreePort;
import org.jspecify.annotations.Nullable;

/**
 * Something that an application needs, at an address that a rehearsal can make late, lose
 * and move: TCP connections to a port of this machine go to a target. While it is stopped
 * connections to it are refused, and those that there were are reset.
 * <p>
 * A named one has an address of its own, such as 127.0.0.2, to which its name resolves in
 * JVMs that are started with {@link #jvmOptions()}. Moved, it has another one, as a pod
 * that is replaced behind a headless Service. It needs a system on which all of
 * 127.0.0.0/8 is local, as on Linux.
 * <p>
 * Thread-safe. Stopped at first.
 *
 * @since 0.1.0
 */
public final class Dependency implements AutoCloseable {

	private static final Duration CONNECT = Duration.ofSeconds(2);

	private static final int LAST_ADDRESS = 254;

	private final int port = FreePort.next();

	private final String name;

	private final @Nullable HostsFile hosts;

	private InetSocketAddress target;

	private int lastByte;

	private @Nullable FrontProxy proxy;

	private Dependency(String name, int lastByte, InetSocketAddress target, @Nullable HostsFile hosts) {
		this.name = name;
		this.lastByte = lastByte;
		this.target = target;
		this.hosts = hosts;
	}

	/**
	 * Creates a dependency at 127.0.0.1 that is stopped.
	 * @param target where its connections go to
	 * @return the dependency; the caller closes it
	 */
	public static Dependency of(InetSocketAddress target) {
		return new Dependency("127.0.0.1", 1, target, null);
	}

	/**
	 * Creates a dependency with a name that is stopped.
	 * @param name its name, such as {@code db.rehearsal}
	 * @param target where its connections go to
	 * @return the dependency; the caller closes it
	 */
	public static Dependency named(String name, InetSocketAddress target) {
		if (!name.matches("[A-Za-z][A-Za-z0-9.-]*")) {
			throw new IllegalArgumentException(
					"The name of a dependency must be like db.rehearsal, but is '" + name + "'");
		}
		HostsFile hosts = new HostsFile(name);
		Dependency dependency = new Dependency(name, 2, target, hosts);
		hosts.resolveTo(dependency.front());
		return dependency;
	}

	/**
	 * Returns the port at which the application finds the dependency.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Returns where the application finds the dependency.
	 * @return its name, or else 127.0.0.1, and its port: {@code db.rehearsal:41234}
	 */
	public String address() {
		return this.name + ":" + this.port;
	}

	/**
	 * Returns what a JVM needs to find the dependency by its name. Of other names it then
	 * finds only those that are in this machine's {@code /etc/hosts}.
	 * @return the options; none for a dependency without a name
	 */
	public List<String> jvmOptions() {
		return (this.hosts != null) ? List.of(this.hosts.jvmOption()) : List.of();
	}

	/**
	 * Tells whether something listens at the target.
	 * @return whether it accepts a connection within 2 s
	 */
	public synchronized boolean hasTarget() {
		try (Socket socket = new Socket()) {
			socket.connect(this.target, Math.toIntExact(CONNECT.toMillis()));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Lets it be there. Does nothing if it is.
	 * @throws java.io.UncheckedIOException if another process has taken the port, or the
	 * system does not have the address
	 */
	public synchronized void start() {
		if (this.proxy == null) {
			FrontProxy started = FrontProxy.start(new InetSocketAddress(front(), this.port));
			started.endpoints(List.of(this.target));
			this.proxy = started;
		}
	}

	private String front() {
		return "127.0.0." + this.lastByte;
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
	 * Moves what is behind it: the connections that there are are reset, and new ones go
	 * to another target. Its own address stays.
	 * @param target the other target
	 */
	public synchronized void moveTo(InetSocketAddress target) {
		this.target = target;
		restart();
	}

	/**
	 * Moves it to another address: the connections that there are are reset, new ones to
	 * the old address are refused, and from now on its name resolves to the other one.
	 * @throws IllegalStateException if it has no name
	 */
	public synchronized void move() {
		if (this.hosts == null) {
			throw new IllegalStateException("A dependency without a name cannot have another address");
		}
		this.lastByte = (this.lastByte == LAST_ADDRESS) ? 2 : this.lastByte + 1;
		restart();
		this.hosts.resolveTo(front());
	}

	private void restart() {
		if (this.proxy != null) {
			stop();
			start();
		}
	}

	/**
	 * Does the same as {@link #stop()}, and lets its name resolve no more.
	 */
	@Override
	public void close() {
		stop();
		if (this.hosts != null) {
			this.hosts.delete();
		}
	}

}
