package io.podlifecycle.process;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tomcat, which stands for all servers in the default build.
 */
class TomcatIntegrationTests extends ServerContract {

	@Override
	Server server() {
		return Server.TOMCAT;
	}

	@Test
	@Tag("full")
	void asynchronousResponsesInFlightAreFinished() {
		assertFinishesInFlight("/async");
	}

}
