package io.podlifecycle.probe;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.Endpoint;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.TlsSettings;
import io.podlifecycle.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * {@code redis://} and {@code rediss://}: a PING is answered, after a log-in if there are
 * credentials.
 */
final class RedisProbeFactory implements ProbeFactory {

	private static final long CLOSE_MILLIS = 100;

	private static final RedisCredentialsProvider NO_CREDENTIALS = new StaticCredentialsProvider(null, null);

	/** The last three are those of servers before 6. */
	private static final Pattern REFUSALS = Pattern
		.compile("WRONGPASS|NOAUTH|NOPERM|ERR invalid password|ERR Client sent AUTH|ERR AUTH ");

	@Override
	public Set<String> schemes() {
		return Set.of("redis", "rediss");
	}

	@Override
	public Probe create(ProbeRequest request) {
		request.withoutOptionsBut();
		if (request.target().scheme().equals("redis")) {
			request.withoutTls();
		}
		Endpoint endpoint = Endpoint.of(request.target().serverUri(), RedisURI.DEFAULT_REDIS_PORT);
		RedisURI uri = uri(request, endpoint);
		return (timeLimit) -> {
			Deadline deadline = Deadline.after(timeLimit);
			endpoint.tryConnect(timeLimit);
			return ping(uri, request.tls(), deadline.remaining());
		};
	}

	private static RedisURI uri(ProbeRequest request, Endpoint endpoint) {
		RedisURI uri = RedisURI.create(request.target().uri());
		uri.setHost(endpoint.host());
		uri.setPort(endpoint.port());
		Credentials credentials = request.credentials();
		if (credentials.password() != null) {
			RedisURI.Builder builder = RedisURI.builder(uri);
			return ((credentials.username() != null)
					? builder.withAuthentication(credentials.username(), credentials.password())
					: builder.withPassword(credentials.password().toCharArray()))
				.build();
		}
		return uri;
	}

	private static ProbeResult ping(RedisURI uri, @Nullable TlsSettings tls, Duration timeLimit) {
		RedisURI anonymous = RedisURI.builder(uri).withTimeout(timeLimit).build();
		anonymous.setCredentialsProvider(NO_CREDENTIALS);
		anonymous.setDatabase(0);
		ClientResources resources = DefaultClientResources.builder()
			.ioThreadPoolSize(2)
			.computationThreadPoolSize(2)
			.build();
		RedisClient client = RedisClient.create(resources, anonymous);
		client.setOptions(options(tls, timeLimit));
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			RedisCommands<String, String> commands = connection.sync();
			logIn(commands, uri);
			String answer = commands.ping();
			return answer.equals("PONG") ? ProbeResult.answered() : ProbeResult.notYet("no PONG");
		}
		catch (RedisException ex) {
			return ProbeResult.of(ex, RedisProbeFactory::isRefusal);
		}
		finally {
			close(client, resources);
		}
	}

	/**
	 * Logs in after the client's handshake. A handshake that the server refuses can lose
	 * the reason: the client looks for a handler that the close of the connection
	 * removes.
	 */
	private static void logIn(RedisCommands<String, String> commands, RedisURI uri) {
		RedisCredentials credentials = Objects
			.requireNonNull(uri.getCredentialsProvider().resolveCredentials().block());
		if (credentials.hasPassword()) {
			String password = String.valueOf(credentials.getPassword());
			if (credentials.hasUsername()) {
				commands.auth(credentials.getUsername(), password);
			}
			else {
				commands.auth(password);
			}
		}
		if (uri.getDatabase() != 0) {
			commands.select(uri.getDatabase());
		}
	}

	private static boolean isRefusal(Throwable failure) {
		return failure instanceof RedisCommandExecutionException
				&& REFUSALS.matcher(String.valueOf(failure.getMessage())).lookingAt();
	}

	/** In the background, since the time of the try may be over. */
	@SuppressWarnings("FutureReturnValueIgnored")
	private static void close(RedisClient client, ClientResources resources) {
		client.shutdownAsync(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
			.whenComplete((result, failure) -> resources.shutdown(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS));
	}

	private static ClientOptions options(@Nullable TlsSettings tls, Duration timeLimit) {
		ClientOptions.Builder options = ClientOptions.builder()
			.autoReconnect(false)
			// The server cannot refuse a handshake with these.
			.protocolVersion(ProtocolVersion.RESP2)
			.pingBeforeActivateConnection(false)
			.socketOptions(SocketOptions.builder().connectTimeout(timeLimit).build())
			.timeoutOptions(TimeoutOptions.enabled(timeLimit));
		return ((tls != null) ? options.sslOptions(sslOptions(tls)) : options).build();
	}

	private static SslOptions sslOptions(TlsSettings tls) {
		SslOptions.Builder options = SslOptions.builder()
			.jdkSslProvider()
			.keyManager(tls.keyManagers())
			.trustManager(tls.trustManagers());
		if (!tls.ciphers().isEmpty()) {
			options.cipherSuites(tls.ciphers().toArray(String[]::new));
		}
		if (!tls.protocols().isEmpty()) {
			options.protocols(tls.protocols().toArray(String[]::new));
		}
		return options.build();
	}

}
