package io.podlifecycle.boot.startup;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.probe.ClientProbes;
import io.podlifecycle.probe.TestCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * From properties to probes, as at the start of an application. Takes seconds, since it
 * loads the client libraries of all probes.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProbePropertiesTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String PREFIX = "pod-lifecycle.startup.dependencies.fortune";

	@TempDir
	private static Path folder;

	private static TestCertificate certificate;

	private static HttpsServer server;

	private final Map<String, Object> properties = new LinkedHashMap<>();

	@BeforeAll
	static void start() throws Exception {
		certificate = TestCertificate.create(folder, "dns:localhost");
		server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
		server.createContext("/", (exchange) -> {
			byte[] body = exchange.getRequestHeaders()
				.getOrDefault("X-Key", List.of("none"))
				.get(0)
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(202, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
	}

	@AfterAll
	static void stop() {
		server.stop(0);
	}

	@Test
	void theLongFormOfHttp() throws Exception {
		useBundle();
		set("status", "202");
		set("body", "^s3cret$");
		set("headers.X-Key", "s3cret");
		assertThat(probe().check(LIMIT)).isEqualTo(ProbeResult.answered());
		set("status", "200");
		assertThat(probe().check(LIMIT)).isEqualTo(ProbeResult.notYet("status 202"));
	}

	@Test
	void aServerThatTheJvmDoesNotTrustNeedsABundle() throws Exception {
		useBundle();
		assertThat(probe().check(LIMIT)).isEqualTo(ProbeResult.answered());
		this.properties.remove(PREFIX + ".ssl-bundle");
		ProbeResult result = probe().check(LIMIT);
		assertThat(result.status()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail()).startsWith("SSLHandshakeException");
	}

	@Test
	void theNameInTheCertificateHasToMatch() throws Exception {
		useBundle();
		set("uri", uri().replace("localhost", "127.0.0.1"));
		ProbeResult result = probe().check(LIMIT);
		assertThat(result.status()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail()).startsWith("SSLHandshakeException");
	}

	@Test
	void theProtocolsOfTheBundleHold() throws Exception {
		useBundle();
		// The JDK speaks it no more.
		this.properties.put("spring.ssl.bundle.jks.peer.options.enabled-protocols", "TLSv1");
		ProbeResult result = probe().check(LIMIT);
		assertThat(result.status()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail()).contains("No appropriate protocol");
		set("uri", "grpc://fortune:9090");
		assertInvalid(PREFIX, "its ssl-bundle has ciphers or enabled-protocols");
	}

	@Test
	void aBundleThatIsNotThereStopsTheStart() {
		set("uri", uri());
		set("ssl-bundle", "other");
		assertInvalid(PREFIX + ".ssl-bundle", "there is no such bundle");
	}

	@Test
	void aBundleThatCannotBeReadStopsTheStart() {
		useBundle();
		this.properties.put("spring.ssl.bundle.jks.peer.truststore.location", folder.resolve("missing").toString());
		assertInvalid(PREFIX + ".ssl-bundle", "the bundle cannot be read");
	}

	@Test
	void theShortFormIsAUri() throws Exception {
		this.properties.put(PREFIX, "dns:localhost");
		assertThat(probe().check(LIMIT)).isEqualTo(ProbeResult.answered());
	}

	@Test
	void theDatabaseOfTheDataSourceIsAskedAsItsUser() throws Exception {
		String url = "jdbc:h2:mem:fortunes";
		try (Connection owner = DriverManager.getConnection(url, "owner", "s3cret")) {
			assertThat(owner.isValid(1)).isTrue();
			this.properties.put("spring.datasource.url", url);
			this.properties.put("spring.datasource.username", "owner");
			this.properties.put("spring.datasource.password", "s3cret");
			this.properties.put(PREFIX, "${spring.datasource.url}");
			assertThat(probe().check(LIMIT)).isEqualTo(ProbeResult.answered());
			this.properties.put("spring.datasource.password", "wr0ng");
			assertRefused("spring.datasource.password");
			this.properties.remove(PREFIX);
			set("uri", url);
			set("username", "other");
			assertRefused(PREFIX);
			set("password", "an0ther");
			assertRefused(PREFIX + ".password");
		}
	}

	@Test
	void anotherDatabaseIsNotToldThePasswordOfTheDataSource() throws Exception {
		try (Connection owner = DriverManager.getConnection("jdbc:h2:mem:others", "owner", "s3cret")) {
			assertThat(owner.isValid(1)).isTrue();
			this.properties.put("spring.datasource.url", "jdbc:h2:mem:fortunes");
			this.properties.put("spring.datasource.username", "owner");
			this.properties.put("spring.datasource.password", "s3cret");
			this.properties.put(PREFIX, "jdbc:h2:mem:others");
			assertRefused(PREFIX);
		}
	}

	private void assertRefused(String property) throws Exception {
		ProbeResult result = probe().check(LIMIT);
		assertThat(result.status()).isEqualTo(Status.REFUSED);
		assertThat(result.detail()).endsWith("'" + property + "'").doesNotContain("s3cret", "wr0ng", "an0ther");
	}

	@Test
	void anEntryWithoutAUriStopsTheStart() {
		set("timeout", "7s");
		assertInvalid(PREFIX, "it has no URI");
	}

	@Test
	void aRefusalNamesTheHeadersThatHoldTheCredentials() throws Exception {
		server.createContext("/forbidden", (exchange) -> {
			exchange.sendResponseHeaders(403, -1);
			exchange.close();
		});
		useBundle();
		set("uri", uri() + "forbidden");
		assertRefused(PREFIX);
		set("headers.Authorization", "Bearer s3cret");
		assertRefused(PREFIX + ".headers");
	}

	@Test
	void whatHasNoEffectStopsTheStart() {
		set("uri", "tcp://fortune:80");
		set("status", "200");
		assertInvalid(PREFIX, "scheme 'tcp' has no option 'status'");
		this.properties.remove(PREFIX + ".status");
		set("password", "s3cret");
		assertInvalid(PREFIX, "scheme 'tcp' has no username and no password");
	}

	@Test
	void aUriThatCannotBeUsedIsToldWithoutItsSecret() {
		set("uri", "redis://:s3cret@one,two");
		assertInvalid(PREFIX, "it has no valid host");
	}

	@Test
	void aMissingLibraryStopsTheStartAndIsNamed() {
		for (String[] client : new String[][] { { "redis://h", "io.lettuce", "io.lettuce:lettuce-core" },
				{ "kafka://h:1", "org.apache.kafka", "org.apache.kafka:kafka-clients" },
				{ "amqps://h", "com.rabbitmq", "com.rabbitmq:amqp-client" },
				{ "mongodb+srv://h", "com.mongodb", "org.mongodb:mongodb-driver-sync" },
				{ "grpc://h:1", "io.grpc", "io.grpc:grpc-services" } }) {
			set("uri", client[0]);
			String scheme = client[0].substring(0, client[0].indexOf(':'));
			Probes probes = new Probes(ClientProbes.factories(new FilteredClassLoader(client[1])));
			assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> dependency(probes))
				.withMessage("'" + PREFIX + "' cannot be used: scheme '" + scheme + "' needs " + client[2]
						+ " on the class path")
				.satisfies((ex) -> assertThat(ex.fix()).startsWith("Add " + client[2]));
		}
	}

	@Test
	void aFactoryOfTheUserWinsAndIsGivenEverything(@TempDir Path classes) throws IOException {
		Path file = Files.createDirectories(classes.resolve("META-INF")).resolve("spring.factories");
		Files.writeString(file, ProbeFactory.class.getName() + "=" + OwnProbeFactory.class.getName());
		URL[] path = { classes.toUri().toURL() };
		try (URLClassLoader classLoader = new URLClassLoader(path, getClass().getClassLoader())) {
			Probes probes = DependencyWaitStarter.probes(classLoader);
			set("uri", "tcp:anything");
			set("username", "user");
			set("options.security.protocol", "NONE");
			assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> dependency(probes))
				.withMessageEndingWith("own: anything as user with {security.protocol=NONE}");
			set("uri", "ours:x");
			assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> dependency(probes))
				.withMessageContaining(
						"known are amqp, amqps, dns, file, grpc, grpcs, http, https, jdbc, kafka, mongodb, "
								+ "mongodb+srv, redis, rediss, tcp");
		}
	}

	private void assertInvalid(String property, String reason) {
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(this::probe)
			.withMessageStartingWith("'" + property + "' cannot be used: " + reason)
			.withMessageNotContaining("s3cret")
			.satisfies((ex) -> assertThat(ex.value() + ex.fix()).doesNotContain("s3cret"));
	}

	private void useBundle() {
		set("uri", uri());
		set("ssl-bundle", "peer");
		this.properties.put("spring.ssl.bundle.jks.peer.truststore.location", certificate.keyStore().toString());
		this.properties.put("spring.ssl.bundle.jks.peer.truststore.password", TestCertificate.PASSWORD);
		this.properties.put("spring.ssl.bundle.jks.peer.truststore.type", "PKCS12");
	}

	private static String uri() {
		return "https://localhost:" + server.getAddress().getPort() + "/";
	}

	private void set(String name, String value) {
		this.properties.put(PREFIX + "." + name, value);
	}

	private Probe probe() {
		return dependency(DependencyWaitStarter.probes(getClass().getClassLoader())).probe();
	}

	private Dependency dependency(Probes probes) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", this.properties));
			StartupProperties startup = Binder.get(context.getEnvironment())
				.bindOrCreate("pod-lifecycle.startup", StartupProperties.class);
			return DependencyWaitStarter.settings(startup, () -> probes, context).dependencies().get(0);
		}
	}

	/**
	 * Replaces the library's own, and shows what it is given.
	 */
	static class OwnProbeFactory implements ProbeFactory {

		@Override
		public Set<String> schemes() {
			return Set.of("tcp");
		}

		@Override
		public Probe create(ProbeRequest request) {
			throw new IllegalArgumentException("own: " + request.target().rest() + " as "
					+ request.credentials().username() + " with " + request.options());
		}

	}

}
