package io.podlifecycle.probe;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.podlifecycle.dependency.Endpoint;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.TlsSettings;
import io.podlifecycle.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * {@code amqp://} and {@code amqps://}: a broker opens a connection to a virtual host.
 */
final class AmqpProbeFactory implements ProbeFactory {

	@Override
	public Set<String> schemes() {
		return Set.of("amqp", "amqps");
	}

	@Override
	public Probe create(ProbeRequest request) {
		request.withoutOptionsBut();
		boolean secure = request.target().scheme().equals("amqps");
		if (!secure) {
			request.withoutTls();
		}
		URI uri = request.target().serverUri();
		if (uri.getRawPath().indexOf('/', 1) > 0) {
			throw new IllegalArgumentException("its path is not one virtual host");
		}
		Endpoint endpoint = Endpoint.of(uri, secure ? 5671 : 5672);
		return (timeLimit) -> {
			Deadline deadline = Deadline.after(timeLimit);
			endpoint.tryConnect(timeLimit);
			return open(factory(request, endpoint, secure), deadline.remaining());
		};
	}

	private static ConnectionFactory factory(ProbeRequest request, Endpoint endpoint, boolean secure)
			throws GeneralSecurityException {
		ConnectionFactory factory = new ConnectionFactory();
		URI uri = request.target().uri();
		factory.setHost(endpoint.host());
		factory.setPort(endpoint.port());
		if (uri.getRawPath().length() > 1) {
			factory.setVirtualHost(Endpoint.decode(uri.getRawPath().substring(1)));
		}
		String rawUserInfo = Endpoint.rawUserInfo(uri);
		if (rawUserInfo != null) {
			String[] userInfo = rawUserInfo.split(":", 2);
			factory.setUsername(Endpoint.decode(userInfo[0]));
			factory.setPassword((userInfo.length == 2) ? Endpoint.decode(userInfo[1]) : "");
		}
		if (request.credentials().username() != null) {
			factory.setUsername(request.credentials().username());
		}
		if (request.credentials().password() != null) {
			factory.setPassword(request.credentials().password());
		}
		if (secure) {
			secure(factory, request.tls());
		}
		return factory;
	}

	private static void secure(ConnectionFactory factory, @Nullable TlsSettings tls) throws GeneralSecurityException {
		if (tls != null) {
			factory.useSslProtocol(tls.context());
			factory.setSocketConfigurator(factory.getSocketConfigurator()
				.andThen((socket) -> ((SSLSocket) socket).setSSLParameters(tls.parameters())));
		}
		else {
			// The client's own default trusts every certificate.
			factory.useSslProtocol(SSLContext.getDefault());
		}
		factory.enableHostnameVerification();
	}

	private static ProbeResult open(ConnectionFactory factory, Duration timeLimit) throws Exception {
		int millis = (int) Math.max(1, timeLimit.toMillis());
		factory.setConnectionTimeout(millis);
		factory.setHandshakeTimeout(millis);
		factory.setChannelRpcTimeout(millis);
		factory.setShutdownTimeout(millis);
		factory.setRequestedHeartbeat(0);
		factory.setAutomaticRecoveryEnabled(false);
		factory.setTopologyRecoveryEnabled(false);
		try {
			Connection connection = factory.newConnection("pod-lifecycle");
			close(connection, millis);
			return ProbeResult.answered();
		}
		catch (TimeoutException ex) {
			return ProbeResult.timedOut("the broker did not answer in time");
		}
		catch (PossibleAuthenticationFailureException ex) {
			return isRefusal(ex) ? ProbeResult.refused(ex) : ProbeResult.of(ex);
		}
	}

	/** A broker that only closes the connection may be one that starts or stops. */
	private static boolean isRefusal(PossibleAuthenticationFailureException failure) {
		return failure instanceof AuthenticationFailureException
				|| (failure.getCause() instanceof ShutdownSignalException shutdown
						&& shutdown.getReason() instanceof AMQP.Connection.Close);
	}

	private static void close(Connection connection, int millis) {
		try {
			connection.close(millis);
		}
		catch (IOException ex) {
			connection.abort(millis);
		}
	}

}
