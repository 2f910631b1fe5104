package io.podlifecycle.grpc;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.grpc.Server;
import io.podlifecycle.shutdown.Participant;

/**
 * The gRPC servers of an application. They serve until clients have learned of the
 * shutdown; then they accept no more, tell their clients so (GOAWAY), and let the calls
 * in flight finish. What is left when the drain is over is cancelled.
 *
 * @since 0.1.0
 */
final class GrpcServers implements Participant {

	private static final long LOOK_MILLIS = 20;

	private final Supplier<? extends Collection<Server>> beans;

	private final BooleanSupplier cutOff;

	private final Set<Server> servers = ConcurrentHashMap.newKeySet();

	/**
	 * Create a participant.
	 * @param beans returns the servers that are beans of the application
	 * @param cutOff whether nothing is left but streams that are cut off
	 */
	public GrpcServers(Supplier<? extends Collection<Server>> beans, BooleanSupplier cutOff) {
		this.beans = beans;
		this.cutOff = cutOff;
	}

	void add(Server server) {
		this.servers.add(server);
	}

	@Override
	public String name() {
		return "gRPC servers";
	}

	@Override
	public void drain() throws InterruptedException {
		this.servers.addAll(this.beans.get());
		this.servers.forEach(Server::shutdown);
		try {
			for (Server server : this.servers) {
				awaitTermination(server);
			}
		}
		finally {
			this.servers.forEach(Server::shutdownNow);
		}
	}

	/** A client that takes no messages does not take the end of its stream either. */
	private void awaitTermination(Server server) throws InterruptedException {
		boolean terminated = false;
		while (!terminated && !this.cutOff.getAsBoolean()) {
			terminated = server.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

}
