package io.podlifecycle.web.reactive;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.podlifecycle.stream.Streams;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

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

	private final WebFluxStreams filter = new WebFluxStreams(
			new Streams(Duration.ZERO, () -> Duration.ofSeconds(20), Runnable::run, this.time, this.time), List.of());

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

	private void filter(ServerHttpResponse response, WebFilterChain application) {
		ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"))
			.mutate()
			.response(response)
			.build();
		this.filter.filter(exchange, application).block(Duration.ofSeconds(60));
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
