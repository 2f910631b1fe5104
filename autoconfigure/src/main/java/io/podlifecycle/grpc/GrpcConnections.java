package io.podlifecycle.grpc;

import java.util.concurrent.atomic.AtomicLong;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.podlifecycle.shutdown.Connections;

/**
 * The connections of the gRPC servers that have this filter.
 *
 * @since 0.1.0
 */
public final class GrpcConnections extends ServerTransportFilter implements Connections {

	private final AtomicLong open = new AtomicLong();

	@Override
	public Attributes transportReady(Attributes attributes) {
		this.open.incrementAndGet();
		return attributes;
	}

	@Override
	public void transportTerminated(Attributes attributes) {
		this.open.decrementAndGet();
	}

	@Override
	public long open() {
		return this.open.get();
	}

}
