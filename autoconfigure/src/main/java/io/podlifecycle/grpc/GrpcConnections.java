package io.podlifecycle.grpc;

import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.work.PeerAddress;

/**
 * The connections of the gRPC servers that have this filter.
 *
 * @since 0.1.0
 */
public final class GrpcConnections extends ServerTransportFilter implements Connections {

	private final AtomicLong open = new AtomicLong();

	private final Set<SocketAddress> remoteAddresses = ConcurrentHashMap.newKeySet();

	@Override
	public Attributes transportReady(Attributes attributes) {
		this.open.incrementAndGet();
		remoteAddress(attributes).ifPresent(this.remoteAddresses::add);
		return attributes;
	}

	@Override
	public void transportTerminated(Attributes attributes) {
		this.open.decrementAndGet();
		remoteAddress(attributes).ifPresent(this.remoteAddresses::remove);
	}

	private static Optional<SocketAddress> remoteAddress(Attributes attributes) {
		return Optional.ofNullable(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
	}

	@Override
	public long open() {
		return this.open.get();
	}

	@Override
	public Stream<Object> peers() {
		return this.remoteAddresses.stream().map(PeerAddress::of);
	}

}
