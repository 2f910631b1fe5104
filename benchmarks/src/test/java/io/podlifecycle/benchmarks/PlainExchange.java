package io.podlifecycle.benchmarks;

import java.util.List;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.CollectionUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;

/**
 * An exchange that costs little: always the same request, and a response of its own.
 */
final class PlainExchange extends ServerWebExchangeDecorator {

	private static final ServerWebExchange EXCHANGE = MockServerWebExchange.from(MockServerHttpRequest.get("/fortune"));

	private static final ServerHttpRequest REQUEST = new RequestWithPlainHeaders(EXCHANGE.getRequest());

	private final ServerHttpResponse response = new MockServerHttpResponse();

	PlainExchange() {
		super(EXCHANGE);
	}

	@Override
	public ServerHttpRequest getRequest() {
		return REQUEST;
	}

	@Override
	public ServerHttpResponse getResponse() {
		return this.response;
	}

	/**
	 * The headers of a mock make garbage when they are looked at, those of Netty do not.
	 */
	private static final class RequestWithPlainHeaders extends ServerHttpRequestDecorator {

		private final HttpHeaders headers = new HttpHeaders(
				CollectionUtils.toMultiValueMap(Map.of("User-Agent", List.of("Apache-HttpClient/5.5"))));

		RequestWithPlainHeaders(ServerHttpRequest delegate) {
			super(delegate);
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
