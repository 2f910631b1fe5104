package io.podlifecycle.rehearsal.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar needs nothing beside it: each command of it works from a directory that has
 * nothing else.
 */
class OneFileJarIntegrationTests {

	private static final Path JAR = Path.of("target", "pod-lifecycle-rehearsal-cli.jar");

	private static final Duration LIMIT = Duration.ofSeconds(90);

	@TempDir
	private Path directory = Path.of(".");

	@BeforeEach
	void copyTheJarAlone() throws IOException {
		Files.copy(JAR, this.directory.resolve(JAR.getFileName()));
	}

	@Test
	void showsItsHelp() {
		assertThat(run("--help")).contains("rehearse", "advise", "load");
	}

	@Test
	void rehearses() {
		assertThat(run("rehearse", "--main-class", RehearseCommandIntegrationTests.APP, "--class-path",
				RehearseCommandIntegrationTests.APP_CLASSES.toString(), "--replicas", "1", "--readiness", "/readyz",
				"--probe-period", "200ms", "--probe-timeout", "5s", "--lag", "300ms", "--jvm",
				"-XX:TieredStopAtLevel=1", "--report", "page.html", "--", "--leave=9000"))
			.containsPattern("failed +0\\R")
			.contains("Termination message of app-1:");
		assertThat(this.directory.resolve("page.html")).isNotEmptyFile();
	}

	@Test
	void holdsManifestsAgainstProperties() throws IOException {
		Files.writeString(this.directory.resolve("pod.yaml"),
				"""
						kind: Pod
						metadata: {name: orders}
						spec: {containers: [{name: orders, readinessProbe: {httpGet: {path: /actuator/health/readiness, port: 8080}},
						  env: [{name: POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD, value: 30s}]}]}
						""");
		Files.writeString(this.directory.resolve("application.yml"), "server.port: 8080");
		assertThat(run("advise", "pod.yaml", "--config", "application.yml")).contains("No findings in 1 resource.");
	}

	@Test
	void putsLoadOnAUrl() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			try (exchange) {
				exchange.sendResponseHeaders(204, -1);
			}
		});
		server.start();
		try {
			assertThat(run("load", "--url", "http://127.0.0.1:" + server.getAddress().getPort() + "/", "--fresh", "1",
					"--fresh-pause", "10ms", "--max", "1s"))
				.containsPattern("RESULT \\{.*\"failed\":0,");
		}
		finally {
			server.stop(0);
		}
	}

	private String run(String... arguments) {
		try (AppProcess command = AppProcess.builder()
			.environment("JAVA_TOOL_OPTIONS", null)
			.directory(this.directory)
			.jvmOption("-XX:TieredStopAtLevel=1")
			.jar(this.directory.resolve(JAR.getFileName()))
			.argument(arguments)
			.start()) {
			int exitCode = command.awaitExit(LIMIT);
			String output = String.join("\n", command.log().stream().map(LogLine::text).toList());
			assertThat(exitCode).as(output).isZero();
			return output + "\n";
		}
	}

}
