package io.podlifecycle.rsocket;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.podlifecycle.stream.OpenStream;
import io.podlifecycle.stream.StreamEnd;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.EndableFlux;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.exceptions.CanceledException;
import io.rsocket.util.RSocketProxy;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One connection: tracks its requests, and ends those that are answered by a stream when
 * a shutdown drains.
 */
final class TrackedConnection extends RSocketProxy {

	/** An acceptor has no access to the address of a connection. */
	static final String ALL_CLIENTS = "RSocket clients";

	private final RSocket client;

	private final RSocketServers servers;

	private final AtomicInteger inFlight = new AtomicInteger();

	TrackedConnection(RSocket responder, RSocket client, RSocketServers servers) {
		super(responder);
		this.client = client;
		this.servers = servers;
	}

	void closeIfIdle() {
		if (this.servers.isDraining() && this.inFlight.get() == 0) {
			this.client.dispose();
		}
	}

	private RSocketRequest begin(String interaction) {
		this.inFlight.incrementAndGet();
		RSocketRequest request = this.servers.work()
			.arrived(new RSocketRequest("RSocket " + interaction), true, ALL_CLIENTS);
		request.started();
		return request;
	}

	private void end(RSocketRequest request) {
		request.close();
		this.inFlight.decrementAndGet();
		closeIfIdle();
	}

	@Override
	public Mono<Void> fireAndForget(Payload payload) {
		return track("fire-and-forget", () -> super.fireAndForget(payload));
	}

	@Override
	public Mono<Payload> requestResponse(Payload payload) {
		return track("request-response", () -> super.requestResponse(payload));
	}

	private <T> Mono<T> track(String interaction, Supplier<Mono<T>> answer) {
		return Mono.using(() -> begin(interaction), (request) -> answer.get(), this::end, false);
	}

	@Override
	public Flux<Payload> requestStream(Payload payload) {
		return trackStream("request-stream", () -> super.requestStream(payload));
	}

	@Override
	public Flux<Payload> requestChannel(Publisher<Payload> payloads) {
		return trackStream("request-channel", () -> super.requestChannel(payloads));
	}

	private Flux<Payload> trackStream(String interaction, Supplier<Flux<Payload>> answer) {
		return Flux.using(() -> begin(interaction), (request) -> {
			Streams streams = this.servers.streams();
			return (streams != null) ? endable(streams, request, answer.get()) : answer.get();
		}, this::end, false);
	}

	private Flux<Payload> endable(Streams streams, RSocketRequest request, Flux<Payload> answer) {
		End end = new End(answer, this.client);
		OpenStream stream = streams.open(request.describe(), end);
		return end.elements.concatWith(Mono.defer(end::signal)).doFinally((signal) -> stream.close());
	}

	/**
	 * A client must not take a stream that was ended for one that is complete.
	 */
	private static final class End implements StreamEnd {

		private final EndableFlux<Payload> elements;

		private final RSocket client;

		private volatile boolean ended;

		End(Flux<Payload> answer, RSocket client) {
			this.elements = new EndableFlux<>(answer);
			this.client = client;
		}

		Mono<Payload> signal() {
			return this.ended ? Mono.error(new CanceledException("The server is shutting down")) : Mono.empty();
		}

		@Override
		public boolean attempt() {
			this.ended = true;
			this.elements.end();
			return true;
		}

		@Override
		public void abort() {
			this.client.dispose();
		}

	}

}
