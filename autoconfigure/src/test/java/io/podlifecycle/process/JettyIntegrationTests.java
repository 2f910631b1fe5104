package io.podlifecycle.process;

import org.junit.jupiter.api.Tag;

/**
 * Jetty.
 */
@Tag("full")
class JettyIntegrationTests extends ServerContract {

	@Override
	Server server() {
		return Server.JETTY;
	}

}
