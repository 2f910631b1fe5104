package io.podlifecycle.rsocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.work.ObservedWork;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.rsocket.server.RSocketServerCustomizer;

/**
 * The connections of an application's RSocket servers. RSocket has no word that asks a
 * client to leave: when clients have learned of the shutdown, each connection is closed
 * as soon as nothing is in flight on it.
 */
final class RSocketServers implements Connections, Participant, RSocketServerCustomizer {

	private final ObservedWork work;

	private final @Nullable Streams streams;

	private final Set<TrackedConnection> connections = ConcurrentHashMap.newKeySet();

	private volatile boolean draining;

	/**
	 * Create a participant.
	 * @param work where requests are counted
	 * @param streams where requests are registered that are answered by a stream;
	 * {@code null} to wait for them as for any request
	 */
	RSocketServers(ObservedWork work, @Nullable Streams streams) {
		this.work = work;
		this.streams = streams;
	}

	@Override
	public void customize(RSocketServer server) {
		server.interceptors((registry) -> registry.forSocketAcceptor(this::track));
	}

	private SocketAcceptor track(SocketAcceptor acceptor) {
		return (setup, client) -> acceptor.accept(setup, client).map((responder) -> opened(responder, client));
	}

	private RSocket opened(RSocket responder, RSocket client) {
		TrackedConnection connection = new TrackedConnection(responder, client, this);
		this.connections.add(connection);
		client.onClose().doFinally((signal) -> this.connections.remove(connection)).subscribe((nothing) -> {
		}, (failure) -> {
		});
		return connection;
	}

	ObservedWork work() {
		return this.work;
	}

	@Nullable Streams streams() {
		return this.streams;
	}

	boolean isDraining() {
		return this.draining;
	}

	@Override
	public String name() {
		return "RSocket servers";
	}

	@Override
	public void drain() {
		this.draining = true;
		this.connections.forEach(TrackedConnection::closeIfIdle);
	}

	@Override
	public long open() {
		return this.connections.size();
	}

	@Override
	public Stream<Object> peers() {
		return this.connections.stream().map((connection) -> TrackedConnection.ALL_CLIENTS);
	}

}
