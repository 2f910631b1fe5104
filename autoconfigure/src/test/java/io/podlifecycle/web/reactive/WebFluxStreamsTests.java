package io.podlifecycle.web.reactive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.podlifecycle.stream.Streams;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

class WebFluxStreamsTests {

	private static final Path FILE = Path.of("file");

	private final FakeTime time = new FakeTime();

	private final Streams streams = new Streams(Duration.ZERO, () -> Duration.ofSeconds(20), Runnable::run, this.time,
			this.time);

	private final WebFluxStreams filter = new WebFluxStreams(this.streams, List.of());

	/** A file of any size goes from the disk to the network without being read. */
	@Test
	void aResponseThatSendsFilesWithoutCopyingThemStillDoes() {
		FileResponse response = new FileResponse();
		filter(response, (exchange) -> ((ZeroCopyHttpOutputMessage) exchange.getResponse()).writeWith(FILE, 1, 2));
		assertThat(response.sent).isEqualTo("file 1 2");
	}

	@Test
	void aResponseThatDoesNotSendFilesDoesNotSeemTo() {
		filter(new MockServerHttpResponse(), (exchange) -> {
			assertThat(exchange.getResponse()).isNotInstanceOf(ZeroCopyHttpOutputMessage.class);
			return Mono.empty();
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			false | 1 ended
			true  | 0 ended, 1 cut off (1 GET (no handler))
			""")
	void aStreamWhoseEndCannotBeSentIsCutOff(boolean fails, String outcome) {
		MockServerHttpResponse response = new MockServerHttpResponse();
		response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
		response.setWriteHandler((body) -> body.then(fails ? Mono.error(new IOException("Timeout")) : Mono.empty()));
		this.filter.filter(exchange(response), (exchange) -> exchange.getResponse().writeAndFlushWith(Flux.never()))
			.onErrorComplete()
			.subscribe();
		this.streams.drain();
		assertThat(this.streams.outcome()).isEqualTo(outcome);
	}

	private void filter(ServerHttpResponse response, WebFilterChain application) {
		this.filter.filter(exchange(response), application).block(Duration.ofSeconds(60));
	}

	private static ServerWebExchange exchange(ServerHttpResponse response) {
		return MockServerWebExchange.from(MockServerHttpRequest.get("/")).mutate().response(response).build();
	}

	private static final class FileResponse extends ServerHttpResponseDecorator implements ZeroCopyHttpOutputMessage {

		private String sent = "";

		FileResponse() {
			super(new MockServerHttpResponse());
		}

		@Override
		public Mono<Void> writeWith(Path file, long position, long count) {
			return Mono.fromRunnable(() -> this.sent = file + " " + position + " " + count);
		}

	}

}
