package io.podlifecycle.process;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with Spring Cloud's bootstrap context, which is started before the
 * application's, has the same properties, and becomes its parent.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BootstrapContextIntegrationTests {

	private final int dependency = FreePort.next();

	private final AtomicInteger probes = new AtomicInteger();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	@Tag("full")
	void everythingHappensOnceAndInTheContextOfTheApplication() throws Exception {
		try (Service service = start("true")) {
			service.awaitLog("Waiting for fortune");
			assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
			HttpServer fortune = answering();
			service.awaitReady();
			assertThat(service.get("/contexts").body()).isEqualTo("application: library\nbootstrap: nothing\n");
			refresh(service);
			assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			fortune.stop(0);
			assertThat(this.probes).as("probes that were answered").hasValue(1);
			assertThat(service.log()).containsOnlyOnce("Answering probes on")
				.containsOnlyOnce("Waiting for fortune")
				.containsOnlyOnce("Done waiting after")
				.containsOnlyOnce("Shutting down on")
				.containsOnlyOnce("Drained in")
				.containsOnlyOnce("Graceful shutdown completed in ");
			assertThat(Files.readAllLines(this.directory.resolve("journal")))
				.satisfiesOnlyOnce((line) -> assertThat(line).contains(" starting"))
				.satisfiesOnlyOnce((line) -> assertThat(line).contains(" ready"))
				.satisfiesOnlyOnce((line) -> assertThat(line).contains(" quiescing"))
				.satisfiesOnlyOnce((line) -> assertThat(line).contains(" clean"));
		}
	}

	/** The negative control: it is the bootstrap context that brings the properties. */
	@Test
	@Tag("full")
	void withoutItNobodyKnowsOfTheDependency() throws IOException {
		try (Service service = start("false")) {
			service.awaitReady();
			assertThat(service.get("/contexts").body()).isEqualTo("application: library\n");
			assertThat(service.log()).doesNotContain("Waiting for");
			assertThat(this.directory.resolve("journal")).doesNotExist();
		}
	}

	/** With a bootstrap context this starts an application of its own, for a moment. */
	private static void refresh(Service service) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(service.uri("/actuator/refresh"))
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
	}

	private Service start(String bootstrap) throws IOException {
		Files.writeString(this.directory.resolve("bootstrap.properties"), """
				pod-lifecycle.startup.dependencies.fortune=http://127.0.0.1:%d/
				pod-lifecycle.startup.probe-timeout=20s
				pod-lifecycle.journal.file=%s
				""".formatted(this.dependency, this.directory.resolve("journal")));
		String classPath = this.directory + File.pathSeparator + Server.TOMCAT.classPath();
		return Service.startApplication(BootstrappedApplication.class, Service.onKubernetes(),
				SetUpJars.addTo(classPath, "spring-cloud-context", "spring-security-crypto"),
				"--spring.cloud.bootstrap.enabled=" + bootstrap,
				"--management.endpoints.web.exposure.include=health,refresh",
				"--pod-lifecycle.shutdown.propagation.max=1s");
	}

	private HttpServer answering() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.dependency),
				0);
		server.createContext("/", (exchange) -> {
			this.probes.incrementAndGet();
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		server.start();
		return server;
	}

}
