package io.podlifecycle.grpc;

import org.springframework.context.ApplicationListener;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/**
 * Tells of the gRPC servers that Spring gRPC has started.
 *
 * @since 0.1.0
 */
final class StartedGrpcServers implements ApplicationListener<GrpcServerStartedEvent> {

	private final GrpcServers servers;

	/**
	 * Create a listener.
	 * @param servers who is told
	 */
	public StartedGrpcServers(GrpcServers servers) {
		this.servers = servers;
	}

	@Override
	public void onApplicationEvent(GrpcServerStartedEvent event) {
		this.servers.add(event.getServer());
	}

}
