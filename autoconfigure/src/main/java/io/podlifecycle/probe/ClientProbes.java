package io.podlifecycle.probe;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.podlifecycle.Internal;
import io.podlifecycle.dependency.MissingLibraryException;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The factories of the probes that need a client library.
 *
 * @since 0.1.0
 */
@Internal
public final class ClientProbes {

	private static final List<Client> CLIENTS = List.of(
			new Client(Set.of("amqp", "amqps"), "com.rabbitmq.client.ConnectionFactory", "com.rabbitmq:amqp-client",
					() -> new AmqpProbeFactory()),
			new Client(Set.of("grpc", "grpcs"), "io.grpc.health.v1.HealthGrpc", "io.grpc:grpc-services",
					() -> new GrpcProbeFactory()),
			new Client(Set.of("jdbc"), "java.sql.Driver", "the JDK's module java.sql", () -> new JdbcProbeFactory()),
			new Client(Set.of("kafka"), "org.apache.kafka.clients.admin.Admin", "org.apache.kafka:kafka-clients",
					() -> new KafkaProbeFactory()),
			new Client(Set.of("mongodb", "mongodb+srv"), "com.mongodb.client.MongoClient",
					"org.mongodb:mongodb-driver-sync", () -> new MongoProbeFactory()),
			new Client(Set.of("redis", "rediss"), "io.lettuce.core.RedisClient", "io.lettuce:lettuce-core",
					() -> new RedisProbeFactory()));

	private ClientProbes() {
	}

	/**
	 * Return a factory for each scheme; one whose library is not there says so.
	 * @param classLoader where to look for the libraries, or {@code null} for the default
	 * @return the factories
	 */
	public static List<ProbeFactory> factories(@Nullable ClassLoader classLoader) {
		return CLIENTS.stream().map((client) -> client.factory(classLoader)).toList();
	}

	/**
	 * A client library.
	 *
	 * @param schemes what it is for
	 * @param className a class of it
	 * @param library what to add, as {@code groupId:artifactId}
	 * @param factory makes the factory that uses it
	 */
	private record Client(Set<String> schemes, String className, String library, Supplier<ProbeFactory> factory) {

		ProbeFactory factory(@Nullable ClassLoader classLoader) {
			return ClassUtils.isPresent(this.className, classLoader) ? this.factory.get() : new Missing(this);
		}

	}

	/**
	 * Stands in for a factory whose library is not there.
	 *
	 * @param client the library
	 */
	private record Missing(Client client) implements ProbeFactory {

		@Override
		public Set<String> schemes() {
			return this.client.schemes();
		}

		@Override
		public Probe create(ProbeRequest request) {
			throw new MissingLibraryException(request.target().scheme(), this.client.library());
		}

	}

}
