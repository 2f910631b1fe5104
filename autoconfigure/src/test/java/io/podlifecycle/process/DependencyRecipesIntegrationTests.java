package io.podlifecycle.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

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
 * A process waits for what its own properties for Spring Boot name, as the recipes of the
 * documentation say.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("full")
class DependencyRecipesIntegrationTests {

	private static final String DEPENDENCIES = "--pod-lifecycle.startup.dependencies.";

	@Test
	void waitsForItsDatabaseAndItsCache() throws IOException {
		int database = FreePort.next();
		int cache = FreePort.next();
		try (Service service = Service.startWithClients(
				"--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + database + "/postgres",
				"--spring.datasource.username=postgres", "--spring.datasource.password=s3cret",
				"--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + cache,
				"--spring.data.redis.password=s3cret", DEPENDENCIES + "db=${spring.datasource.url}",
				DEPENDENCIES + "cache.uri=redis://${spring.data.redis.host}:${spring.data.redis.port:6379}",
				DEPENDENCIES + "cache.password=${spring.data.redis.password}")) {
			service.awaitLog("Waiting for cache (redis://127.0.0.1:" + cache + "), db (jdbc:postgresql://127.0.0.1:"
					+ database + "/postgres)");
			try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setPort(database).start()) {
				assertThat(postgres.getPort()).isEqualTo(database);
				service.awaitLog("db (jdbc:postgresql://127.0.0.1:" + database + "/postgres) answered after");
				assertThat(service.logged("Tomcat|cache .* answered")).isFalse();
				RedisServer redis = redis(cache);
				try {
					service.awaitLog("cache (redis://127.0.0.1:" + cache + ") answered after");
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
	void waitsForItsBrokerAndItsDocuments() {
		EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
		MongoServer mongo = new MongoServer(new MemoryBackend());
		int port = FreePort.next();
		broker.afterPropertiesSet();
		try (Service service = Service.startWithClients(
				"--spring.kafka.bootstrap-servers=127.0.0.1:" + FreePort.next() + "," + broker.getBrokersAsString(),
				"--spring.mongodb.uri=mongodb://127.0.0.1:" + port + "/test",
				DEPENDENCIES + "events=kafka://${spring.kafka.bootstrap-servers}",
				DEPENDENCIES + "documents=${spring.mongodb.uri}")) {
			service.awaitLog("events (kafka://127.0.0.1:");
			service.awaitLog(broker.getBrokersAsString() + ") answered after");
			assertThat(service.logged("Tomcat")).isFalse();
			mongo.bind("127.0.0.1", port);
			service.awaitLog("documents (mongodb://127.0.0.1:" + port + "/test) answered after");
			service.awaitReady();
		}
		finally {
			mongo.shutdownNow();
			broker.destroy();
		}
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
