package io.podlifecycle.rehearsal.load;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that send GET requests over HTTP/1.1 or HTTP/2, each one waiting for its answer
 * and then for a pause, or all together at a rate; and clients that follow server-sent
 * events or the messages of a WebSocket. Nothing is hidden: there is no retry, no
 * redirect, no check of a connection before its use, and only the first address of a host
 * is tried. Statuses other than 2xx are failures.
 * <p>
 * A stream fails if it cannot be opened, if it ends without the server having ended it,
 * if nothing comes for as long as the timeout, or if events are missing: those with
 * numbers (the {@code id} of a server-sent event, the first word of a message) are
 * expected one after another. The client then opens the next one, as it does after a
 * clean end, and says in {@code Last-Event-ID} where it was.
 * <p>
 * Immutable and thread-safe; may be started more than once.
 *
 * @since 0.1.0
 */
public final class Load {

	static final String USER_AGENT = "pod-lifecycle-load";

	private final Duration max;

	private final Duration timeout;

	private final List<ClientPlan> clients;

	private final int rate;

	private final RequestListener listener;

	private Load(Builder builder) {
		this.max = builder.max;
		this.timeout = builder.timeout;
		this.clients = List.copyOf(builder.clients);
		this.rate = builder.rate;
		this.listener = builder.listener;
	}

	/**
	 * Begins the description of a load.
	 * @param target an {@code http} or {@code https} URL; a certificate is not checked
	 * @param max how long the load runs if it is not stopped; positive
	 * @return a builder without clients
	 * @throws IllegalArgumentException if the URL or the duration is invalid
	 */
	public static Builder builder(URI target, Duration max) {
		boolean known = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
		if (!known || target.getHost() == null) {
			throw new IllegalArgumentException("The target must be an http URL with a host, but is " + target);
		}
		return new Builder(target, requirePositive("maximum duration", max));
	}

	/**
	 * Starts the clients.
	 * @return the running load; the caller stops or closes it
	 */
	public RunningLoad start() {
		return new RunningLoad(this.max, this.timeout, this.clients, this.rate, this.listener);
	}

	private static Duration requirePositive(String what, Duration duration) {
		if (duration.isNegative() || duration.isZero()) {
			throw new IllegalArgumentException("The " + what + " must be positive, but is " + duration);
		}
		return duration;
	}

	/**
	 * Describes a {@link Load}. Not thread-safe.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final URI target;

		private final Duration max;

		private Duration timeout = Duration.ofSeconds(5);

		private final List<ClientPlan> clients = new ArrayList<>();

		private boolean http2;

		private int rate;

		private RequestListener listener = (failed, latency) -> {
		};

		private Builder(URI target, Duration max) {
			this.target = target;
			this.max = max;
		}

		/**
		 * Lets the clients that are added from now on speak HTTP/2: without being asked
		 * by the server (prior knowledge), or by ALPN for {@code https}. Each has a
		 * connection of its own. A client that is sent GOAWAY opens another connection
		 * for its next request; a request that the server has not processed is a failure.
		 * @return this builder
		 */
		public Builder http2() {
			this.http2 = true;
			return this;
		}

		/**
		 * Adds clients that use their connection again for as long as the server keeps
		 * it. The first requests are spread evenly over one pause.
		 * @param count how many, 0 to 9,999
		 * @param pause the time between an answer and the next request, zero or more
		 * @return this builder
		 */
		public Builder keepAliveClients(int count, Duration pause) {
			return add("kept-alive", true, count, pause);
		}

		/**
		 * Adds clients that open a connection for each request and say so
		 * ({@code Connection: close} in HTTP/1.1). The first requests are spread evenly
		 * over one pause.
		 * @param count how many, 0 to 9,999
		 * @param pause the time between an answer and the next request, zero or more
		 * @return this builder
		 */
		public Builder freshClients(int count, Duration pause) {
			return add("fresh", false, count, pause);
		}

		/**
		 * Adds clients that follow server-sent events, over HTTP/1.1. The end of the
		 * answer after a whole event is a clean end.
		 * @param count how many, 0 to 9,999
		 * @param path what to ask for instead of the target's path
		 * @param pause the time between the end of a stream and the next one, zero or
		 * more
		 * @return this builder
		 */
		public Builder sseClients(int count, String path, Duration pause) {
			return add("sse", Protocol.SSE, path, false, count, pause);
		}

		/**
		 * Adds clients that listen to a WebSocket, over HTTP/1.1. The close codes 1000,
		 * 1001 and 1012 are clean ends.
		 * @param count how many, 0 to 9,999
		 * @param path what to ask for instead of the target's path
		 * @param pause the time between the end of a session and the next one, zero or
		 * more
		 * @return this builder
		 */
		public Builder webSocketClients(int count, String path, Duration pause) {
			return add("websocket", Protocol.WEBSOCKET, path, false, count, pause);
		}

		/**
		 * Lets the clients together send so many requests a second, however long the
		 * answers take, instead of pausing each. A request for which no client was free
		 * when it was due is sent as soon as one is, and its latency counts from when it
		 * was due: have as many clients as requests can be under way. Streams have no
		 * rate.
		 * @param perSecond the number, 1 to 100,000
		 * @return this builder
		 */
		public Builder rate(int perSecond) {
			if (perSecond < 1 || perSecond > 100_000) {
				throw new IllegalArgumentException("The rate must be from 1 to 100000, but is " + perSecond);
			}
			this.rate = perSecond;
			return this;
		}

		private Builder add(String sort, boolean keepAlive, int count, Duration pause) {
			return this.http2 ? add("http2-" + sort, Protocol.HTTP2, "", keepAlive, count, pause)
					: add(sort, Protocol.HTTP1, "", keepAlive, count, pause);
		}

		private Builder add(String sort, Protocol protocol, String path, boolean keepAlive, int count, Duration pause) {
			if (count < 0 || count >= 10_000 || pause.isNegative()) {
				throw new IllegalArgumentException("There can be 0 to 9999 clients of a sort, but not " + count
						+ ", and their pause must not be negative, but is " + pause);
			}
			if (!path.isEmpty() && !path.startsWith("/")) {
				throw new IllegalArgumentException("The path of a stream must begin with '/', but is '" + path + "'");
			}
			int before = (int) this.clients.stream().filter((client) -> client.sort().equals(sort)).count();
			URI uri = path.isEmpty() ? this.target : this.target.resolve(path);
			for (int i = 0; i < count; i++) {
				Duration first = pause.multipliedBy(i).dividedBy(count);
				this.clients.add(new ClientPlan(sort, before + i + 1, protocol, uri, keepAlive, first, pause));
			}
			return this;
		}

		/**
		 * Limits the time of a request, from opening the connection to the last byte of
		 * the answer, and how long a stream may bring nothing; 5 s by default.
		 * @param timeout the limit, 1 ms or more
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.timeout = requirePositive("timeout in milliseconds", Duration.ofMillis(timeout.toMillis()));
			return this;
		}

		/**
		 * Sets who is told of each request when it is over; nobody by default.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder listener(RequestListener listener) {
			this.listener = listener;
			return this;
		}

		/**
		 * Completes the description.
		 * @return the load, not started yet
		 * @throws IllegalStateException if there is no client
		 */
		public Load build() {
			if (this.clients.isEmpty()) {
				throw new IllegalStateException("A load needs at least one client");
			}
			return new Load(this);
		}

		/**
		 * Completes the description and starts it.
		 * @return the running load; the caller stops or closes it
		 * @throws IllegalStateException if there is no client
		 */
		public RunningLoad start() {
			return build().start();
		}

	}

}
