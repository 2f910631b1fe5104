package io.podlifecycle.process;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Reactor Netty.
 */
@Tag("full")
class ReactorNettyIntegrationTests extends ServerContract {

	@Override
	Server server() {
		return Server.REACTOR_NETTY;
	}

	@Test
	void streamedResponsesInFlightAreFinished() {
		assertFinishesInFlight("/streaming");
	}

}
