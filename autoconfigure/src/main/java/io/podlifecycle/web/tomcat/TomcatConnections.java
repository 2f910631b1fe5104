package io.podlifecycle.web.tomcat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.web.AbortableConnections;
import org.apache.catalina.connector.Connector;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ReflectionUtils;

/**
 * The connections of all connectors of an application's Tomcat.
 *
 * @since 0.1.0
 */
final class TomcatConnections implements Connections, AbortableConnections {

	private static final Log logger = LogFactory.getLog(TomcatConnections.class);

	private final ApplicationContext context;

	private final Map<String, SocketWrapperBase<?>> byId = new ConcurrentHashMap<>();

	/**
	 * Create a view on the connections.
	 * @param context the context of the web server; one without a server has none open
	 */
	public TomcatConnections(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public long open() {
		return protocols().mapToLong(TomcatConnections::open).sum();
	}

	@Override
	public Stream<Object> peers() {
		return protocols().flatMap(TomcatConnections::sockets).map(SocketWrapperBase::getRemoteAddr);
	}

	/**
	 * Tomcat's word for this is a pause, of which each connection is told; those of
	 * HTTP/2 send GOAWAY. It is told to them only: a paused connector would not accept.
	 */
	@Override
	public void requestClose() {
		protocols().forEach((protocol) -> protocol.getHandler().pause());
	}

	/**
	 * To Tomcat it is as if the client had disconnected: a thread that waits until it can
	 * write is woken, and fails. To close the connection would leave it waiting.
	 */
	@Override
	public void abort(String connectionId) {
		if (!this.byId.containsKey(connectionId)) {
			protocols().flatMap(TomcatConnections::sockets)
				.forEach((socket) -> this.byId.put(socket.getServletConnection("", "").getConnectionId(), socket));
		}
		SocketWrapperBase<?> socket = this.byId.remove(connectionId);
		if (socket != null && socket.getSocket() instanceof NioChannel channel) {
			try {
				channel.getIOChannel().shutdownOutput();
			}
			catch (IOException ex) {
				logger.debug("Connection " + connectionId + " was closed before it was cut", ex);
			}
		}
	}

	/** Tomcat does not expose its endpoint. */
	private static Stream<SocketWrapperBase<?>> sockets(AbstractProtocol<?> protocol) {
		Method getEndpoint = ReflectionUtils.findMethod(AbstractProtocol.class, "getEndpoint");
		if (getEndpoint == null) {
			return Stream.empty();
		}
		ReflectionUtils.makeAccessible(getEndpoint);
		return (ReflectionUtils.invokeMethod(getEndpoint, protocol) instanceof AbstractEndpoint<?, ?> endpoint)
				? endpoint.getConnections().stream().map((socket) -> socket) : Stream.empty();
	}

	/**
	 * Return how much the threads of all connectors have to do: an answer is under way as
	 * long as the task is not finished that writes it.
	 */
	int unfinishedTasks() {
		return protocols().mapToInt((protocol) -> Math.max(CountTasks.unfinished(protocol.getExecutor()), 0)).sum();
	}

	private Stream<AbstractProtocol<?>> protocols() {
		return (this.context instanceof WebServerApplicationContext webContext
				&& webContext.getWebServer() instanceof TomcatWebServer server)
						? Stream.of(server.getTomcat().getService().findConnectors())
							.map(Connector::getProtocolHandler)
							.filter(AbstractProtocol.class::isInstance)
							.map((protocol) -> (AbstractProtocol<?>) protocol)
						: Stream.empty();
	}

	/**
	 * The acceptor counts the connection that it waits for; without a limit of
	 * connections nothing is counted, and none is reported.
	 */
	private static long open(AbstractProtocol<?> protocol) {
		return Math.max(0, protocol.getConnectionCount() - 1);
	}

}
