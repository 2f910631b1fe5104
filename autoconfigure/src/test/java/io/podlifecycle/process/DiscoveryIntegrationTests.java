package io.podlifecycle.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.podlifecycle.rehearsal.process.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that has nothing but the properties of its clients, and waits for what they
 * name.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("full")
class DiscoveryIntegrationTests {

	private static final String DISCOVER = "--pod-lifecycle.startup.discover=true";

	@Test
	void waitsForItsDatabaseAndItsCache() throws IOException {
		int database = FreePort.next();
		int cache = FreePort.next();
		try (Service service = Service.startWithClients(databaseAndCache(database, cache, DISCOVER))) {
			service.awaitLog("Waiting for datasource (jdbc:postgresql://127.0.0.1:" + database + "/postgres), "
					+ "redis (redis://127.0.0.1:" + cache + ")");
			try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setPort(database).start()) {
				assertThat(postgres.getPort()).isEqualTo(database);
				service.awaitLog("datasource (jdbc:postgresql://127.0.0.1:" + database + "/postgres) answered after");
				assertThat(service.logged("Tomcat|redis .* answered")).isFalse();
				RedisServer redis = redis(cache);
				try {
					service.awaitLog("redis (redis://127.0.0.1:" + cache + ") answered after");
					service.awaitReady();
				}
				finally {
					redis.stop();
				}
			}
			assertThat(service.log()).doesNotContain("s3cret");
		}
	}

	@Test
	void withoutDiscoveryDoesNotWait() {
		try (Service service = Service.startWithClients(databaseAndCache(FreePort.next(), FreePort.next()))) {
			service.awaitReady();
			assertThat(service.logged("Waiting for")).isFalse();
		}
	}

	@Test
	void whatIsLeftOutIsNotWaitedFor() {
		try (Service service = Service.startWithClients(databaseAndCache(FreePort.next(), FreePort.next(), DISCOVER,
				"--pod-lifecycle.startup.discover-exclude=datasource,redis"))) {
			service.awaitReady();
			assertThat(service.logged("Waiting for")).isFalse();
		}
	}

	@Test
	void waitsForItsBrokerAndItsDocuments() {
		EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
		MongoServer mongo = new MongoServer(new MemoryBackend());
		int port = FreePort.next();
		broker.afterPropertiesSet();
		try (Service service = Service.startWithClients(DISCOVER,
				"--spring.kafka.bootstrap-servers=127.0.0.1:" + FreePort.next() + "," + broker.getBrokersAsString(),
				"--spring.mongodb.host=127.0.0.1", "--spring.mongodb.port=" + port)) {
			service.awaitLog("kafka (kafka://127.0.0.1:");
			service.awaitLog(broker.getBrokersAsString() + ") answered after");
			assertThat(service.logged("Tomcat")).isFalse();
			mongo.bind("127.0.0.1", port);
			service.awaitLog("mongodb (mongodb://127.0.0.1:" + port + "/test) answered after");
			service.awaitReady();
		}
		finally {
			mongo.shutdownNow();
			broker.destroy();
		}
	}

	@Test
	void ofTheNodesOfAClusterOneIsEnough() throws IOException {
		int node = FreePort.next();
		try (Service service = Service.startWithClients(DISCOVER,
				"--spring.data.redis.cluster.nodes=127.0.0.1:" + FreePort.next() + ",127.0.0.1:" + node,
				"--spring.data.redis.password=s3cret")) {
			service.awaitLog("Waiting for redis (redis://127.0.0.1:");
			RedisServer redis = redis(node);
			try {
				service.awaitReady();
			}
			finally {
				redis.stop();
			}
		}
	}

	@Test
	void whatDoesNotComeIsToldWithoutItsSecrets() {
		int port = FreePort.next();
		try (Service service = Service.startWithClients(DISCOVER,
				"--spring.data.redis.url=redis://u:s3cret@127.0.0.1:" + port,
				"--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + port + "/x?user=u&password=s3cret",
				"--pod-lifecycle.startup.timeout=1s", "--pod-lifecycle.startup.dependencies.redis.required=false")) {
			assertThat(service.awaitExit()).isEqualTo(69);
			assertThat(service.log()).contains("APPLICATION FAILED TO START")
				.contains("- datasource (jdbc:postgresql://127.0.0.1:" + port + "/x?user=***&password=***)")
				.contains("redis (redis://***@127.0.0.1:" + port + ")")
				.doesNotContain("s3cret");
		}
	}

	@Test
	void aPropertyThatDoesNotSayWhereStopsTheStartWithAnAnalysis() {
		try (Service service = Service.startWithClients(DISCOVER, "--spring.data.redis.url=rides://u:s3cret@cache")) {
			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.log()).contains("'spring.data.redis.url' cannot be used: its scheme is neither")
				.contains("Value: \"rides://***@cache\"")
				.contains("Origin: ")
				.contains("pod-lifecycle.startup.discover-exclude")
				.doesNotContain("s3cret");
		}
	}

	private static String[] databaseAndCache(int database, int cache, String... more) {
		String[] arguments = { "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + database + "/postgres",
				"--spring.datasource.username=postgres", "--spring.datasource.password=s3cret",
				"--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + cache,
				"--spring.data.redis.password=s3cret" };
		return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
	}

	private static RedisServer redis(int port) throws IOException {
		RedisServer redis = RedisServer.newRedisServer()
			.port(port)
			.setting("bind 127.0.0.1")
			.setting("save \"\"")
			.setting("requirepass s3cret")
			.build();
		redis.start();
		return redis;
	}

}
