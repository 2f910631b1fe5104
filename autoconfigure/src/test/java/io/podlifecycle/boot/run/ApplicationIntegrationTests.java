package io.podlifecycle.boot.run;

import java.net.URI;

import io.podlifecycle.boot.Activation;
import io.podlifecycle.rehearsal.process.HttpProbe;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.ConfigurableEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application in a test: it starts, although what it depends on is not there.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "pod-lifecycle.startup.dependencies.nothing=tcp://127.0.0.1:1",
				"management.endpoint.health.show-components=always",
				"management.endpoint.health.probes.add-additional-paths=true",
				"management.endpoint.health.group.readiness.include=readinessState" })
class ApplicationIntegrationTests {

	private final ConfigurableEnvironment environment;

	private final int port;

	ApplicationIntegrationTests(@Autowired ConfigurableEnvironment environment, @LocalServerPort int port) {
		this.environment = environment;
		this.port = port;
	}

	@Test
	void doesNotWaitInATestUnlessAskedTo() {
		assertThat(Activation.ofStartup(this.environment)).isFalse();
		assertThat(Activation.isAllowedHere(this.environment)).isFalse();
	}

	@Test
	void theReadinessGroupHasOurContributorWhateverTheUserIncluded() throws Exception {
		assertThat(get("/actuator/health/readiness")).contains("\"podLifecycle\"", "\"readinessState\"")
			.contains("\"status\":\"UP\"");
	}

	@Test
	void theLivenessGroupHasNot() throws Exception {
		assertThat(get("/actuator/health/liveness")).contains("\"status\":\"UP\"").doesNotContain("podLifecycle");
	}

	@Test
	void theAdditionalPathsAreStillThere() throws Exception {
		assertThat(get("/livez")).contains("\"status\":\"UP\"").doesNotContain("podLifecycle");
		assertThat(get("/readyz")).contains("\"status\":\"UP\"", "\"podLifecycle\"");
	}

	private String get(String path) throws Exception {
		return HttpProbe.create().get(URI.create("http://127.0.0.1:" + this.port + path)).body();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
