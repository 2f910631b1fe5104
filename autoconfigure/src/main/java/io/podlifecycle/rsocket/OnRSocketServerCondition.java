package io.podlifecycle.rsocket;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.rsocket.context.RSocketServerBootstrap;

/**
 * An RSocket server: on a port of its own, or below a path of the web server.
 */
final class OnRSocketServerCondition extends AnyNestedCondition {

	OnRSocketServerCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(RSocketServerBootstrap.class)
	static class OnPort {

	}

	@ConditionalOnBean(type = "org.springframework.boot.rsocket.autoconfigure.RSocketWebSocketNettyRouteProvider")
	static class BelowPath {

	}

}
