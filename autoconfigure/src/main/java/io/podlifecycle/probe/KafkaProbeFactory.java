package io.podlifecycle.probe;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.podlifecycle.dependency.Endpoint;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.time.Deadline;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/**
 * {@code kafka://host:port[,host:port]}: a broker describes its cluster. The options are
 * those of Kafka's admin client, such as {@code security.protocol}, which is {@code SSL}
 * if an SSL bundle is named and nothing else is said.
 */
final class KafkaProbeFactory implements ProbeFactory {

	private static final String SECURITY_PROTOCOL = AdminClientConfig.SECURITY_PROTOCOL_CONFIG;

	private static final String SSL = "SSL";

	@Override
	public Set<String> schemes() {
		return Set.of("kafka");
	}

	@Override
	public Probe create(ProbeRequest request) {
		List<Endpoint> endpoints = endpoints(request.withoutCredentials().target().rest());
		String protocol = request.options().getOrDefault(SECURITY_PROTOCOL, SSL);
		if (request.tls() != null && !protocol.endsWith(SSL)) {
			throw new IllegalArgumentException(
					"its ssl-bundle has no effect with the " + SECURITY_PROTOCOL + " '" + protocol + "'");
		}
		return (timeLimit) -> {
			Deadline deadline = Deadline.after(timeLimit);
			Endpoint.tryConnectToAny(endpoints, timeLimit);
			return describe(properties(request, endpoints, deadline.remaining()), deadline);
		};
	}

	private static List<Endpoint> endpoints(String rest) {
		if (!rest.startsWith("//") || rest.length() == 2) {
			throw new IllegalArgumentException("it has no host");
		}
		String list = rest.substring(2);
		return Endpoint.listOf(list.endsWith("/") ? list.substring(0, list.length() - 1) : list, 0);
	}

	private static Properties properties(ProbeRequest request, List<Endpoint> endpoints, Duration timeLimit) {
		String millis = String.valueOf(Math.max(1, timeLimit.toMillis()));
		Properties properties = new Properties();
		properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "pod-lifecycle");
		properties.put(AdminClientConfig.RETRIES_CONFIG, "0");
		if (request.tls() != null) {
			properties.put(SECURITY_PROTOCOL, SSL);
			properties.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, KafkaTlsEngineFactory.class);
			properties.put(KafkaTlsEngineFactory.SETTINGS, request.tls());
		}
		properties.putAll(request.options());
		properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
				String.join(",", endpoints.stream().map(Endpoint::toString).toList()));
		// Beginning anew would forget why the first connection failed.
		properties.put(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
		// One connection to each broker at the most: the next one is the next try's.
		properties.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, millis);
		properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, millis);
		properties.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, millis);
		properties.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, millis);
		properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
		properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
		return properties;
	}

	/** A handshake that fails is no log-in, and no account gets locked by it. */
	static ProbeResult result(Throwable failure) {
		return ProbeResult.of(failure, (cause) -> cause instanceof AuthorizationException
				|| (cause instanceof AuthenticationException && !(cause instanceof SslAuthenticationException)));
	}

	private static ProbeResult describe(Properties properties, Deadline deadline) throws Exception {
		Admin admin = Admin.create(properties);
		try {
			int limit = (int) Math.max(1, deadline.remaining().toMillis());
			int brokers = admin.describeCluster(new DescribeClusterOptions().timeoutMs(limit))
				.nodes()
				.get(limit, TimeUnit.MILLISECONDS)
				.size();
			return (brokers > 0) ? ProbeResult.answered() : ProbeResult.notYet("the cluster has no broker");
		}
		catch (TimeoutException ex) {
			return ProbeResult.timedOut("no broker answered in time");
		}
		catch (ExecutionException ex) {
			return result((ex.getCause() != null) ? ex.getCause() : ex);
		}
		finally {
			admin.close(Duration.ZERO);
		}
	}

}
