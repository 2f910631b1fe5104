package io.podlifecycle.process;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a collector has received when a process has ended that was sent SIGTERM amid a
 * request. Nothing is exported before, unless the process ends.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("full")
class TelemetryIntegrationTests {

	private static final String[] OPEN_TELEMETRY = { "spring-boot-micrometer-tracing-opentelemetry",
			"spring-boot-micrometer-tracing", "spring-boot-opentelemetry", "micrometer-tracing-bridge-otel",
			"micrometer-tracing", "micrometer-registry-otlp", "context-propagation", "opentelemetry-api",
			"opentelemetry-common", "opentelemetry-context", "opentelemetry-exporter-common",
			"opentelemetry-exporter-otlp", "opentelemetry-exporter-otlp-common", "opentelemetry-exporter-sender-jdk",
			"opentelemetry-extension-trace-propagators", "opentelemetry-proto", "opentelemetry-sdk",
			"opentelemetry-sdk-common", "opentelemetry-sdk-extension-autoconfigure-spi", "opentelemetry-sdk-logs",
			"opentelemetry-sdk-metrics", "opentelemetry-sdk-trace", "opentelemetry-semconv" };

	private static final String NO_DELAY = "--pod-lifecycle.shutdown.propagation.when=never";

	private final OtlpReceiver collector = OtlpReceiver.start();

	@AfterEach
	void close() {
		this.collector.close();
	}

	@Test
	void theSpansOfTheShutdownAndTheLastMetricsAreExported() throws Exception {
		try (Service service = startWithSdk(this.collector.address(), NO_DELAY)) {
			endAmidARequest(service);
			assertThat(this.collector.spans()).contains("pod shutdown", "http get /slow");
			assertThat(this.collector.metrics()).contains("pod.lifecycle.shutdown", "http.server.requests", "/slow");
		}
	}

	/**
	 * The negative control: Boot closes meter registries before it waits for requests.
	 */
	@Test
	void withTheLibraryOffTheLastMetricsLackTheRequest() throws Exception {
		try (Service service = startWithSdk(this.collector.address(), "--pod-lifecycle.enabled=false")) {
			endAmidARequest(service);
			assertThat(this.collector.spans()).contains("http get /slow").doesNotContain("pod shutdown");
			assertThat(this.collector.metrics()).contains("http.server.requests", "/hello").doesNotContain("/slow");
		}
	}

	@Test
	void aCollectorThatHangsTakesNoLongerThanItsTimeouts() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Service service = startWithSdk("http://127.0.0.1:" + silent.getLocalPort(), NO_DELAY,
						"--management.opentelemetry.tracing.export.otlp.timeout=1s",
						"--management.otlp.metrics.export.read-timeout=1s")) {
			endAmidARequest(service);
			assertThat(service.log()).contains("Graceful shutdown completed");
		}
	}

	@Test
	void theAgentExportsTheSpanOfARequestThatTheDrainWaitsFor() throws Exception {
		try (Service service = startWithAgent(NO_DELAY)) {
			endAmidARequest(service);
			assertThat(this.collector.spans()).contains("GET /slow");
		}
	}

	/** The negative control: the hook of the agent runs beside that of Boot. */
	@Test
	void withTheLibraryOffTheAgentHasShutDownBeforeTheRequestEnds() throws Exception {
		try (Service service = startWithAgent("--pod-lifecycle.enabled=false")) {
			endAmidARequest(service);
			assertThat(this.collector.spans()).contains("GET /hello").doesNotContain("GET /slow");
		}
	}

	private static void endAmidARequest(Service service) throws Exception {
		service.awaitReady();
		assertThat(service.get("/hello").status()).isEqualTo(200);
		CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(() -> {
			try {
				return service.get("/slow?ms=6000").status();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		service.awaitLog("Slow request begins");
		assertThat(service.terminate().awaitExit()).isEqualTo(143);
		assertThat(slow.get(60, TimeUnit.SECONDS)).isEqualTo(200);
	}

	private static Service startWithSdk(String collector, String... arguments) {
		return Service.startApplication(ServiceApplication.class,
				AppProcess.builder()
					.argument("--management.opentelemetry.tracing.export.otlp.endpoint=" + collector + "/v1/traces",
							"--management.opentelemetry.tracing.export.schedule-delay=10m",
							"--management.tracing.sampling.probability=1.0",
							"--management.otlp.metrics.export.url=" + collector + "/v1/metrics",
							"--management.otlp.metrics.export.step=10m"),
				SetUpJars.addTo(Server.TOMCAT.classPath(), OPEN_TELEMETRY), arguments);
	}

	private Service startWithAgent(String... arguments) {
		AppProcessBuilder builder = AppProcess.builder()
			.jvmOption("-javaagent:" + Path.of(SetUpJars.addTo("", "opentelemetry-javaagent").substring(1)))
			.environment("OTEL_EXPORTER_OTLP_ENDPOINT", this.collector.address())
			.environment("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
			.environment("OTEL_METRICS_EXPORTER", "none")
			.environment("OTEL_LOGS_EXPORTER", "none")
			.environment("OTEL_BSP_SCHEDULE_DELAY", "600000")
			// Instrumenting all there is makes a start several times as long.
			.environment("OTEL_INSTRUMENTATION_COMMON_DEFAULT_ENABLED", "false")
			.environment("OTEL_INSTRUMENTATION_TOMCAT_ENABLED", "true")
			.environment("OTEL_INSTRUMENTATION_SPRING_WEBMVC_ENABLED", "true");
		return Service.startApplication(ServiceApplication.class, builder, Server.TOMCAT.classPath(), arguments);
	}

}
