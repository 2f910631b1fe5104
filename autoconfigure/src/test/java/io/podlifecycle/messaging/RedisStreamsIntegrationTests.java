package io.podlifecycle.messaging;

import java.io.IOException;
import java.util.List;

import io.lettuce.core.RedisClient;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners of Redis Streams.
 */
@Tag("full")
class RedisStreamsIntegrationTests extends ListenerContract {

	private static int port;

	private static RedisServer server;

	@BeforeAll
	static void start() throws IOException {
		port = FreePort.next();
		server = new RedisServer(port);
		server.start();
	}

	@AfterAll
	static void stop() throws IOException {
		server.stop();
	}

	@Override
	String[] client() {
		return new String[] { "redis", "lettuce", "spring-data", "spring-oxm" };
	}

	@Override
	Class<?> application() {
		return RedisStreamsApplication.class;
	}

	@Override
	List<String> arguments() {
		return List.of("--app.redis=" + port);
	}

	@Override
	void send(String queue) {
		try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
				StatefulRedisConnection<String, String> connection = client.connect()) {
			RedisCommands<String, String> commands = connection.sync();
			commands.xgroupCreate(StreamOffset.from(queue, "0"), "records", XGroupCreateArgs.Builder.mkstream());
			for (int record = 1; record <= LAST; record++) {
				commands.xadd(queue, "text", String.valueOf(record));
			}
		}
	}

	/** What was in hand has been acknowledged, too. */
	@Override
	@Test
	void everyRecordIsDoneOnceAcrossARestart() throws Exception {
		super.everyRecordIsDoneOnceAcrossARestart();
		try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
				StatefulRedisConnection<String, String> connection = client.connect()) {
			assertThat(connection.sync().xpending("with", "records").getCount()).isZero();
		}
	}

}
