package io.podlifecycle.web.jetty;

import java.io.IOException;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.web.AbortableConnections;
import io.podlifecycle.work.PeerAddress;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/**
 * The connections of all connectors of an application's Jetty.
 *
 * @since 0.1.0
 */
final class JettyConnections implements Connections, Participant, AbortableConnections {

	private final ApplicationContext context;

	private final GoAwaySender goAwaySender;

	/**
	 * Create a view on the connections.
	 * @param context the context of the web server; one without a server has none open
	 * @param goAwaySender asks a connection's client to leave
	 */
	public JettyConnections(ApplicationContext context, GoAwaySender goAwaySender) {
		this.context = context;
		this.goAwaySender = goAwaySender;
	}

	@Override
	public String name() {
		return "Jetty";
	}

	/**
	 * Jetty answers some requests before any filter sees them, and malformed ones before
	 * it customizes them, by its error handler. The answer to a WebSocket handshake
	 * replaces the header.
	 */
	@Override
	public void quiesce() {
		servers().forEach((server) -> {
			Request.Handler errors = server.getErrorHandler();
			server.setErrorHandler((request, response, callback) -> {
				setConnectionClose(request, response.getHeaders());
				return errors != null && errors.handle(request, response, callback);
			});
			Stream.of(server.getConnectors())
				.flatMap((connector) -> connector.getConnectionFactories().stream())
				.filter(HttpConfiguration.ConnectionFactory.class::isInstance)
				.map((factory) -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
				.distinct()
				.forEach((configuration) -> configuration.addCustomizer(JettyConnections::askToClose));
		});
	}

	private static Request askToClose(Request request, HttpFields.Mutable headers) {
		if (isHttp1(request)) {
			DiscardingConnection.takeOverIfUnread(request);
		}
		return setConnectionClose(request, headers);
	}

	private static Request setConnectionClose(Request request, HttpFields.Mutable headers) {
		if (isHttp1(request)) {
			headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
		}
		return request;
	}

	private static boolean isHttp1(Request request) {
		return request.getConnectionMetaData().getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
	}

	@Override
	public long open() {
		return endPoints().count();
	}

	@Override
	public Stream<Object> peers() {
		return endPoints().map((endPoint) -> PeerAddress.of(endPoint.getRemoteSocketAddress()));
	}

	@Override
	public void requestClose() {
		endPoints().map(JettyConnections::connection).forEach(this.goAwaySender::sendGoAway);
	}

	/** A thread that waits until it can write to the connection fails. */
	@Override
	public void abort(String connectionId) {
		endPoints().filter((endPoint) -> isOf(connectionId, connection(endPoint)))
			.forEach((endPoint) -> endPoint.close(new IOException("The client does not read, and the drain is over")));
	}

	private static boolean isOf(String id, Connection connection) {
		return connection instanceof ConnectionMetaData metaData && metaData.getId().equals(id);
	}

	private Stream<EndPoint> endPoints() {
		return servers().flatMap((server) -> Stream.of(server.getConnectors()))
			.flatMap((connector) -> connector.getConnectedEndPoints().stream());
	}

	private Stream<Server> servers() {
		return (this.context instanceof WebServerApplicationContext webContext
				&& webContext.getWebServer() instanceof JettyWebServer server) ? Stream.of(server.getServer())
						: Stream.empty();
	}

	/** TLS is a connection around the one that speaks HTTP. */
	private static Connection connection(EndPoint endPoint) {
		Connection connection = endPoint.getConnection();
		return (connection instanceof SslConnection tls) ? connection(tls.getSslEndPoint()) : connection;
	}

}
