package io.podlifecycle.rehearsal.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.podlifecycle.rehearsal.time.Deadline;

/**
 * Models what kube-proxy does with a Service on one node: each new TCP connection goes to
 * one of the endpoints in turn, and stays there whatever happens to the endpoints. Bytes
 * are copied untouched both ways, a FIN and a reset are passed on. New endpoints take
 * effect after a lag.
 * <p>
 * It differs from kube-proxy in what a user-space program cannot do: where there is no
 * endpoint, or the endpoint refuses, the client is not refused but accepted and then
 * reset. It knows no fallback to endpoints that are terminating.
 * <p>
 * Thread-safe. Its threads are daemons, two for each connection.
 *
 * @since 0.1.0
 */
public final class FrontProxy implements AutoCloseable {

	private static final int BACKLOG = 1_024;

	private static final Duration ACCEPT_END = Duration.ofSeconds(1);

	private static final Duration ACCEPT_RETRY = Duration.ofMillis(10);

	private final ServerSocket listener;

	private final Supplier<Duration> lag;

	private final Consumer<List<InetSocketAddress>> onChange;

	private final AtomicLong changes = new AtomicLong();

	private long changeInEffect;

	private final Thread acceptor;

	private final ExecutorService threads;

	private final ScheduledExecutorService timer;

	private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();

	private final AtomicLong accepted = new AtomicLong();

	private volatile List<InetSocketAddress> endpoints = List.of();

	private FrontProxy(ServerSocket listener, Supplier<Duration> lag, Consumer<List<InetSocketAddress>> onChange) {
		this.listener = listener;
		this.lag = lag;
		this.onChange = onChange;
		this.threads = Executors.newCachedThreadPool(daemons("front-proxy"));
		this.timer = Executors.newSingleThreadScheduledExecutor(daemons("front-proxy-lag"));
		this.acceptor = daemons("front-proxy-accept").newThread(this::acceptAll);
		this.acceptor.start();
	}

	/**
	 * Starts a proxy without endpoints, whose changes take effect at once.
	 * @param port the port to listen on at the loopback address, 0 for a free one
	 * @return the proxy; the caller closes it
	 * @throws UncheckedIOException if the port is taken
	 */
	public static FrontProxy start(int port) {
		return start(port, Duration.ZERO);
	}

	/**
	 * Starts a proxy without endpoints.
	 * @param port the port to listen on at the loopback address, 0 for a free one
	 * @param lag how long changes of the endpoints take until they have effect, zero or
	 * more
	 * @return the proxy; the caller closes it
	 * @throws UncheckedIOException if the port is taken
	 */
	public static FrontProxy start(int port, Duration lag) {
		if (lag.isNegative()) {
			throw new IllegalArgumentException("The lag cannot be negative, but is " + lag);
		}
		return start(port, () -> lag, (endpoints) -> {
		});
	}

	/**
	 * Starts a proxy without endpoints, with a lag of its own for each change. A change
	 * that is overtaken by a later one has no effect.
	 * @param port the port to listen on at the loopback address, 0 for a free one
	 * @param lag tells for each change how long it takes to have effect, zero or more
	 * @param onChange is told of the endpoints whenever they have taken effect, one call
	 * at a time
	 * @return the proxy; the caller closes it
	 * @throws UncheckedIOException if the port is taken
	 */
	public static FrontProxy start(int port, Supplier<Duration> lag, Consumer<List<InetSocketAddress>> onChange) {
		return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), lag, onChange);
	}

	static FrontProxy start(InetSocketAddress address) {
		return start(address, () -> Duration.ZERO, (endpoints) -> {
		});
	}

	private static FrontProxy start(InetSocketAddress address, Supplier<Duration> lag,
			Consumer<List<InetSocketAddress>> onChange) {
		try {
			return new FrontProxy(new ServerSocket(address.getPort(), BACKLOG, address.getAddress()), lag, onChange);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Port " + address.getPort() + " of " + address.getAddress().getHostAddress()
					+ " cannot be listened on", ex);
		}
	}

	/**
	 * Returns the port that the proxy listens on.
	 * @return the port
	 */
	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Returns the URL of a path on this proxy.
	 * @param path the path, with its leading slash
	 * @return the URL
	 */
	public URI uri(String path) {
		return URI.create("http://" + this.listener.getInetAddress().getHostAddress() + ":" + port() + path);
	}

	/**
	 * Replaces the endpoints, once the lag is over. Established connections stay where
	 * they are. Has no effect on a closed proxy.
	 * @param endpoints the ready endpoints, none to reset each new connection
	 */
	public void endpoints(List<InetSocketAddress> endpoints) {
		List<InetSocketAddress> copy = List.copyOf(endpoints);
		long change = this.changes.incrementAndGet();
		Duration delay = this.lag.get();
		if (delay.isZero()) {
			apply(change, copy);
			return;
		}
		try {
			Future<?> unused = this.timer.schedule(() -> apply(change, copy), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// Closed: there are no new connections that it could have an effect on.
			return;
		}
	}

	/**
	 * Returns the endpoints that new connections go to now.
	 * @return the endpoints in effect
	 */
	public List<InetSocketAddress> endpoints() {
		return this.endpoints;
	}

	private synchronized void apply(long change, List<InetSocketAddress> endpoints) {
		if (change > this.changeInEffect) {
			this.changeInEffect = change;
			this.endpoints = endpoints;
			this.onChange.accept(endpoints);
			notifyAll();
		}
	}

	/**
	 * Waits until certain endpoints are those in effect.
	 * @param wanted all of the endpoints, in any order
	 * @param timeout how long to wait at most
	 * @throws AssertionError if that does not happen in time, or the wait is interrupted
	 * (the interrupt flag is set then)
	 */
	public synchronized void awaitEndpoints(Collection<InetSocketAddress> wanted, Duration timeout) {
		try {
			if (!Deadline.in(timeout).await(this, () -> Set.copyOf(this.endpoints).equals(Set.copyOf(wanted)))) {
				throw new AssertionError(
						"Waited " + timeout + " in vain for endpoints " + wanted + ". There are " + this.endpoints);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for endpoints " + wanted, ex);
		}
	}

	/**
	 * Returns how many connections were accepted, those that were reset included.
	 * @return the number since the start
	 */
	public long accepted() {
		return this.accepted.get();
	}

	/**
	 * Returns how many connections are established or half-closed.
	 * @return the number at this moment
	 */
	public int open() {
		return this.open.size();
	}

	private void acceptAll() {
		while (!this.listener.isClosed()) {
			try {
				dispatch(this.listener.accept());
			}
			catch (IOException ex) {
				// Closed, or out of file descriptors for a moment.
				LockSupport.parkNanos(ACCEPT_RETRY.toNanos());
			}
		}
	}

	private void dispatch(Socket client) {
		long turn = this.accepted.getAndIncrement();
		List<InetSocketAddress> choice = this.endpoints;
		if (choice.isEmpty()) {
			ProxiedConnection.reset(client);
		}
		else {
			serve(client, choice.get((int) (turn % choice.size())));
		}
	}

	private void serve(Socket client, InetSocketAddress endpoint) {
		ProxiedConnection connection = new ProxiedConnection(client, endpoint, this.open::remove);
		this.open.add(connection);
		try {
			this.threads.execute(() -> connection.run(this.threads));
		}
		catch (RejectedExecutionException ex) {
			connection.reset();
		}
	}

	private static ThreadFactory daemons(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * Stops listening and resets every connection.
	 */
	@Override
	public void close() {
		this.timer.shutdownNow();
		this.threads.shutdown();
		try {
			this.listener.close();
			// The kernel goes on accepting until the blocked accept has returned.
			this.acceptor.join(ACCEPT_END.toMillis());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The listening socket could not be closed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.open.forEach(ProxiedConnection::reset);
		}
	}

}
