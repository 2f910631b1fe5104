package io.podlifecycle.rehearsal.load;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that send GET requests over HTTP/1.1 or HTTP/2, each one waiting for its answer
 * and then for a pause. Nothing is hidden: there is no retry, no redirect, no check of a
 * connection before its use, and only the first address of a host is tried. Statuses
 * other than 2xx are failures.
 * <p>
 * Immutable and thread-safe; may be started more than once.
 *
 * @since 0.1.0
 */
public final class Load {

	static final String USER_AGENT = "pod-lifecycle-load";

	private final URI target;

	private final Duration max;

	private final Duration timeout;

	private final List<ClientPlan> clients;

	private final RequestListener listener;

	private Load(Builder builder) {
		this.target = builder.target;
		this.max = builder.max;
		this.timeout = builder.timeout;
		this.clients = List.copyOf(builder.clients);
		this.listener = builder.listener;
	}

	/**
	 * Begins the description of a load.
	 * @param target an {@code http} or {@code https} URL; a certificate is not checked
	 * @param max how long the load runs if it is not stopped; positive
	 * @return a builder without clients
	 * @throws IllegalArgumentException if the URL or the duration is of no use
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
		return new RunningLoad(this.target, this.max, this.timeout, this.clients, this.listener);
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
		 * @param count how many, 0 or more
		 * @param pause the time between an answer and the next request, zero or more
		 * @return this builder
		 */
		public Builder keepAliveClients(int count, Duration pause) {
			return add("kept-alive-", true, count, pause);
		}

		/**
		 * Adds clients that open a connection for each request and say so
		 * ({@code Connection: close} in HTTP/1.1). The first requests are spread evenly
		 * over one pause.
		 * @param count how many, 0 or more
		 * @param pause the time between an answer and the next request, zero or more
		 * @return this builder
		 */
		public Builder freshClients(int count, Duration pause) {
			return add("fresh-", false, count, pause);
		}

		private Builder add(String prefix, boolean keepAlive, int count, Duration pause) {
			if (count < 0 || pause.isNegative()) {
				throw new IllegalArgumentException(
						"Neither the count of clients (" + count + ") nor their pause (" + pause + ") can be negative");
			}
			long before = this.clients.stream().filter((client) -> client.keepAlive() == keepAlive).count();
			for (int i = 0; i < count; i++) {
				Duration first = pause.multipliedBy(i).dividedBy(count);
				this.clients.add(new ClientPlan(prefix + (before + i + 1), this.http2, keepAlive, first, pause));
			}
			return this;
		}

		/**
		 * Limits the time of a request, from opening the connection to the last byte of
		 * the answer; 5 s by default.
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
