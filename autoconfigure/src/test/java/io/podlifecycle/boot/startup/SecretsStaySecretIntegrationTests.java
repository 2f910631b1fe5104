package io.podlifecycle.boot.startup;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.actuate.PodLifecycleHealthIndicator;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.InvalidPropertyFailureAnalyzer;
import io.podlifecycle.boot.StartupProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Secrets in every position of a dependency, and every place where it is told of: none
 * has them. The peer repeats what it is sent, as servers do in their errors.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ExtendWith(OutputCaptureExtension.class)
class SecretsStaySecretIntegrationTests {

	private static final String PREFIX = "pod-lifecycle.startup.dependencies.";

	private static final List<String> URIS = List.of("http://u:SECRET@HOST/", "http://HOST/?token=SECRET",
			"http://HOST/?SECRET", "http://HOST/;key=SECRET", "http://HOST/#SECRET", "amqp://u:SECRET@HOST/v",
			"mongodb://u:SECRET@HOST/db?authSource=admin", "mongodb://u:SECRET@HOST,HOST/db", "redis://:SECRET@HOST/0",
			"redis://SECRET@HOST/0", "redis://u:SECRET@HOST/0?clientName=app", "kafka://HOST,HOST",
			"jdbc:postgresql://HOST/db?user=u&password=SECRET",
			"jdbc:postgresql://HOST/db?sslpassword=SECRET&options=SECRET", "jdbc:postgresql://u:SECRET@HOST/db",
			"grpc://HOST/SERVICE?token=SECRET", "jdbc:h2:tcp://HOST/db;CIPHER=AES;PASSWORD=file SECRET",
			"jdbc:postgresql://HOST/db?user=u&password=correct SECRET battery", "http://HOST/services/SECRET");

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private ServerSocket peer;

	SecretsStaySecretIntegrationTests() throws IOException {
		this.peer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	@BeforeEach
	void begin() {
		this.logging.setLogLevel("io.podlifecycle", LogLevel.TRACE);
		Thread repeater = new Thread(this::repeat, "repeater");
		repeater.setDaemon(true);
		repeater.start();
	}

	@AfterEach
	void end() throws IOException {
		this.logging.setLogLevel("io.podlifecycle", null);
		this.peer.close();
	}

	private void repeat() {
		while (!this.peer.isClosed()) {
			try (Socket client = this.peer.accept()) {
				byte[] request = new byte[1024];
				int length = Math.max(0, client.getInputStream().read(request));
				String text = new String(request, 0, length, StandardCharsets.ISO_8859_1);
				client.getOutputStream()
					.write(("HTTP/1.1 503 " + text.lines().findFirst().orElse("")
							+ "\r\nLocation: http://u:SECRET@elsewhere/" + "\r\n\r\nERROR: SECRET\n")
						.getBytes(StandardCharsets.ISO_8859_1));
			}
			catch (IOException ex) {
				// The next one.
			}
		}
	}

	@Test
	void ofDependenciesThatDoNotAnswer(CapturedOutput output) {
		for (String uri : URIS) {
			add(uri);
		}
		String kafka = add("kafka://HOST");
		this.properties.put(kafka + ".options.security.protocol", "SASL_PLAINTEXT");
		this.properties.put(kafka + ".options.sasl.mechanism", "PLAIN");
		this.properties.put(kafka + ".options.sasl.jaas.config",
				"org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"SECRET\";");
		String http = add("http://HOST/");
		this.properties.put(http + ".headers.Authorization", "Bearer SECRET");
		this.properties.put(http + ".headers.X-Api-Key", "SECRET");
		this.properties.put(http + ".follow-redirects", "true");
		this.properties.put(http + ".status", "200");
		String jdbc = add("jdbc:postgresql://HOST/db");
		this.properties.put(jdbc + ".username", "u");
		this.properties.put(jdbc + ".password", "SECRET");
		StartupSettings settings = settings();
		assertDiscreet(settings.toString());
		StartupWait wait = new StartupWait(settings);
		DependenciesMissingException ex = catchThrowableOfType(DependenciesMissingException.class,
				() -> wait.await(new GenericApplicationContext()));
		assertThat(ex.result().unavailable()).hasSize(URIS.size() + 3);
		assertDiscreet(stackTrace(ex));
		assertDiscreet(text(new DependenciesMissingFailureAnalyzer().analyze(ex)));
		assertDiscreet(new PodLifecycleHealthIndicator(() -> false, wait::missing).health().toString());
		assertThat(output.getAll()).contains("Waiting for d0 (http://127.0.0.1:", "Still waiting for ");
		assertDiscreet(output.getAll());
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://u:SEC/SECRET@HOST/", "http://u:SEC SECRET@HOST/", "http://u:SEC#SECRET@HOST/",
			"http://u:SEC?SECRET@HOST/", "http://u:SEC[SECRET@HOST/", "http://u:SEC%SECRET@HOST/",
			"nowhere://u:SECRET@HOST/?SECRET", "u:SECRET@HOST", "tcp://u:SECRET@HOST", "tcp://u:SECRET@localhost",
			"dns://u:SECRET@HOST", "mongodb://u:SEC@SECRET@HOST/", "mongodb+srv://u:SECRET@HOST/",
			"jdbc:nowhere://u:SECRET@HOST/db?password=SECRET", "jdbc:oracle:thin:u/SECRET@HOST:x",
			"jdbc:sqlserver://HOST;user=u;password={SEC;SECRET}", "jdbc:mysql://(host=h,user=u,password=SECRET)/db",
			"jdbc:db2://HOST/db:password=SECRET;", "amqp://u:SECRET@[HOST/", "redis://u:SECRET@/",
			"kafka://u:SECRET@HOST", "kafka://HOST?password=SECRET", "grpc://u:SECRET@HOST/",
			"redis-sentinel://SECRET@HOST,HOST/0#SECRET", "jdbc:h2:tcp://HOST/db;CIPHER=AES;PASSWORD=file SECRET",
			"jdbc:postgresql://HOST/db?password=correct SECRET battery", "jdbc:oracle:thin:u/\"P@SECRET\"@HOST:x",
			"jdbc:sqlserver://HOST;user=u;password=correct SECRET battery", "mongodb://u:SECRET/x@HOST/",
			"mongodb://u:1/SECRET@HOST/", "https://HOST/services/SECRET", "jdbc:sqlserver://HOST;password=p@SECRET",
			"jdbc:oracle:thin:@//HOST/x?password=p@SECRET", "jdbc:mysql://HOST/db?password=p@SECRET",
			"http://u:12=SECRET@HOST/", "http://u:12;SECRET@HOST/" })
	void ofDependenciesThatCannotBeUsed(String uri, CapturedOutput output) {
		add(uri);
		try {
			assertDiscreet(settings().dependencies().toString());
		}
		catch (InvalidPropertyException ex) {
			assertDiscreet(stackTrace(ex));
			assertDiscreet(text(new InvalidPropertyFailureAnalyzer(new StandardEnvironment()).analyze(ex)));
		}
		assertDiscreet(output.getAll());
	}

	private String add(String uri) {
		String property = PREFIX + "d"
				+ this.properties.keySet().stream().filter((key) -> key.endsWith(".uri")).count();
		this.properties.put(property + ".uri", uri.replace("HOST", "127.0.0.1:" + this.peer.getLocalPort()));
		return property;
	}

	private StartupSettings settings() {
		this.properties.put("pod-lifecycle.startup.timeout", "8s");
		this.properties.put("pod-lifecycle.startup.probe-timeout", "500ms");
		this.properties.put("pod-lifecycle.startup.progress-interval", "200ms");
		GenericApplicationContext context = new GenericApplicationContext();
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", this.properties));
		StartupProperties bound = Binder.get(context.getEnvironment())
			.bind("pod-lifecycle.startup", StartupProperties.class)
			.get();
		return DependencyWaitStarter.settings(bound, () -> DependencyWaitStarter.probes(getClass().getClassLoader()),
				context);
	}

	private static String text(@Nullable FailureAnalysis analysis) {
		assertThat(analysis).isNotNull();
		return analysis.getDescription() + analysis.getAction();
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private static void assertDiscreet(String text) {
		assertThat(text.lines().filter((line) -> line.contains("SECRET"))).isEmpty();
	}

}
