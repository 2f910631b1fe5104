package io.podlifecycle.probe;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ServerMonitoringMode;
import com.mongodb.event.ClusterListener;
import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.Endpoint;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.TlsSettings;
import io.podlifecycle.time.Deadline;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * {@code mongodb://} and {@code mongodb+srv://}: a server that the read preference asks
 * for answers a ping.
 */
final class MongoProbeFactory implements ProbeFactory {

	/**
	 * UserNotFound, Unauthorized, AuthenticationFailed, and AtlasError, which is a
	 * log-in.
	 */
	private static final Set<Integer> REFUSALS = Set.of(11, 13, 18, 8000);

	@Override
	public Set<String> schemes() {
		return Set.of("mongodb", "mongodb+srv");
	}

	@Override
	public Probe create(ProbeRequest request) {
		request.withoutOptionsBut().withoutTlsOptions();
		String text = request.target().text();
		if (request.target().scheme().equals("mongodb+srv")) {
			request.target().serverUri();
			return (timeLimit) -> {
				Deadline deadline = Deadline.after(timeLimit);
				// Looks names up, so it is for the try.
				ConnectionString connectionString = new ConnectionString(text);
				return ping(connectionString, request, deadline.remaining());
			};
		}
		ConnectionString connectionString = new ConnectionString(text);
		List<Endpoint> endpoints = Endpoint.listOf(String.join(",", connectionString.getHosts()), 27017);
		return (timeLimit) -> {
			Deadline deadline = Deadline.after(timeLimit);
			Endpoint.tryConnectToAny(endpoints, timeLimit);
			return ping(connectionString, request, deadline.remaining());
		};
	}

	private static ProbeResult ping(ConnectionString connectionString, ProbeRequest request, Duration timeLimit)
			throws InterruptedException {
		Deadline deadline = Deadline.after(timeLimit);
		MongoServerDiscovery discovery = new MongoServerDiscovery();
		try (MongoClient client = MongoClients.create(settings(connectionString, request, timeLimit, discovery))) {
			@Nullable Throwable failure = discovery.await(deadline.remaining());
			return (failure != null) ? result(failure) : ping(client, deadline.remaining());
		}
	}

	private static ProbeResult ping(MongoClient client, Duration timeLimit) {
		try {
			client.getDatabase("admin")
				.withTimeout(millis(timeLimit), TimeUnit.MILLISECONDS)
				.runCommand(new Document("ping", 1));
			return ProbeResult.answered();
		}
		catch (MongoTimeoutException ex) {
			// The driver has waited for a server in vain, and knows why it has none.
			return result(MongoServerDiscovery.failures(client.getClusterDescription()).findFirst().orElse(ex));
		}
		catch (MongoException ex) {
			return result(ex);
		}
	}

	static ProbeResult result(Throwable failure) {
		return ProbeResult.of(failure, MongoProbeFactory::isRefusal);
	}

	/** Also a server that starts or dies during a log-in is a security exception. */
	private static boolean isRefusal(Throwable failure) {
		return (failure instanceof MongoCommandException command && REFUSALS.contains(command.getErrorCode()))
				|| (failure instanceof MongoSecurityException && !(failure.getCause() instanceof MongoException));
	}

	private static long millis(Duration timeLimit) {
		return Math.max(1, timeLimit.toMillis());
	}

	private static MongoClientSettings settings(ConnectionString connectionString, ProbeRequest request,
			Duration timeLimit, ClusterListener listener) {
		long millis = millis(timeLimit);
		MongoClientSettings.Builder settings = MongoClientSettings.builder()
			.applyConnectionString(connectionString)
			.applicationName("pod-lifecycle")
			.retryReads(false)
			.applyToClusterSettings((cluster) -> cluster.serverSelectionTimeout(millis, TimeUnit.MILLISECONDS)
				.addClusterListener(listener))
			// The monitor connects once: the next time is the next try's.
			.applyToServerSettings((server) -> server.serverMonitoringMode(ServerMonitoringMode.POLL)
				.heartbeatFrequency(2 * millis, TimeUnit.MILLISECONDS)
				.minHeartbeatFrequency(2 * millis, TimeUnit.MILLISECONDS))
			.applyToConnectionPoolSettings(
					(pool) -> pool.minSize(0).maxSize(1).maxWaitTime(millis, TimeUnit.MILLISECONDS))
			.applyToSocketSettings((socket) -> socket.connectTimeout(millis, TimeUnit.MILLISECONDS)
				.readTimeout(millis, TimeUnit.MILLISECONDS));
		TlsSettings tls = request.tls();
		if (tls != null) {
			settings.applyToSslSettings((ssl) -> ssl.enabled(true).context(tls.context()));
		}
		Credentials credentials = request.credentials();
		if (credentials.username() != null && credentials.password() != null) {
			String database = connectionString.getDatabase();
			settings.credential(MongoCredential.createCredential(credentials.username(),
					(database != null) ? database : "admin", credentials.password().toCharArray()));
		}
		return settings.build();
	}

}
