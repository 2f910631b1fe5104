package io.podlifecycle.web.netty;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * Connections of clients, whose end is waited for no longer than a limit: those of an
 * event loop that is blocked are left to the end of the process.
 *
 * @param connections the connections
 * @param limit the longest wait
 */
record BoundedConnectionProvider(ConnectionProvider connections, Duration limit) implements ConnectionProvider {

	@Override
	public Mono<Void> disposeLater() {
		return this.connections.disposeLater().timeout(this.limit).onErrorComplete();
	}

	@Override
	public boolean isDisposed() {
		return this.connections.isDisposed();
	}

	@Override
	public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> address, @Nullable AddressResolverGroup<?> resolvers) {
		return this.connections.acquire(config, observer, address, resolvers);
	}

	@Override
	public void disposeWhen(SocketAddress address) {
		this.connections.disposeWhen(address);
	}

	@Override
	public int maxConnections() {
		return this.connections.maxConnections();
	}

	@Override
	public @Nullable Map<SocketAddress, Integer> maxConnectionsPerHost() {
		return this.connections.maxConnectionsPerHost();
	}

	@Override
	public @Nullable Builder mutate() {
		return this.connections.mutate();
	}

	@Override
	public @Nullable String name() {
		return this.connections.name();
	}

}
