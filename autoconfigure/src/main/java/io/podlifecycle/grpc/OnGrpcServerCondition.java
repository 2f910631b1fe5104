package io.podlifecycle.grpc;

import io.grpc.Server;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

/**
 * Whether the application has a gRPC server with a port of its own: one of Spring gRPC,
 * or one that it builds itself.
 */
final class OnGrpcServerCondition extends AnyNestedCondition {

	OnGrpcServerCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(type = "org.springframework.grpc.server.lifecycle.GrpcServerLifecycle")
	static class OfSpring {

	}

	@ConditionalOnBean(Server.class)
	static class Own {

	}

}
