package io.podlifecycle.probe;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ServerMonitoringMode;
import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.Endpoint;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;
import org.bson.Document;

/**
 * {@code mongodb://} and {@code mongodb+srv://}: a server that the read preference asks
 * for answers a ping.
 */
final class MongoProbeFactory implements ProbeFactory {

	@Override
	public Set<String> schemes() {
		return Set.of("mongodb", "mongodb+srv");
	}

	@Override
	public Probe create(ProbeRequest request) {
		request.withoutOptionsBut();
		String text = request.target().text();
		if (request.target().scheme().equals("mongodb+srv")) {
			request.target().serverUri();
			// Looks names up, so it is for the try.
			return (timeLimit) -> ping(new ConnectionString(text), request, timeLimit);
		}
		ConnectionString connectionString = new ConnectionString(text);
		List<Endpoint> endpoints = Endpoint.listOf(String.join(",", connectionString.getHosts()), 27017);
		return (timeLimit) -> {
			Deadline deadline = Deadline.after(timeLimit, Ticker.system());
			Endpoint.knockAtAny(endpoints, timeLimit);
			return ping(connectionString, request, deadline.remaining());
		};
	}

	private static ProbeResult ping(ConnectionString connectionString, ProbeRequest request, Duration timeLimit) {
		try (MongoClient client = MongoClients.create(settings(connectionString, request, timeLimit))) {
			client.getDatabase("admin").runCommand(new Document("ping", 1));
			return ProbeResult.answered();
		}
	}

	private static MongoClientSettings settings(ConnectionString connectionString, ProbeRequest request,
			Duration timeLimit) {
		long millis = Math.max(1, timeLimit.toMillis());
		MongoClientSettings.Builder settings = MongoClientSettings.builder()
			.applyConnectionString(connectionString)
			.applicationName("pod-lifecycle")
			.retryReads(false)
			.timeout(millis, TimeUnit.MILLISECONDS)
			.applyToClusterSettings((cluster) -> cluster.serverSelectionTimeout(millis, TimeUnit.MILLISECONDS))
			// The monitor connects once: the next time is the next try's.
			.applyToServerSettings((server) -> server.serverMonitoringMode(ServerMonitoringMode.POLL)
				.heartbeatFrequency(2 * millis, TimeUnit.MILLISECONDS)
				.minHeartbeatFrequency(2 * millis, TimeUnit.MILLISECONDS))
			.applyToConnectionPoolSettings(
					(pool) -> pool.minSize(0).maxSize(1).maxWaitTime(millis, TimeUnit.MILLISECONDS))
			.applyToSocketSettings((socket) -> socket.connectTimeout(millis, TimeUnit.MILLISECONDS)
				.readTimeout(millis, TimeUnit.MILLISECONDS));
		if (request.sslContext() != null) {
			settings.applyToSslSettings((ssl) -> ssl.enabled(true).context(request.sslContext()));
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
