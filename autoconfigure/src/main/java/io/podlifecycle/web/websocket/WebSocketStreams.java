package io.podlifecycle.web.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.stream.Streams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;

/**
 * Closes WebSocket sessions with status 1001 when a shutdown drains: makes of each of
 * Spring's handlers of WebSocket requests, those of STOMP and SockJS included, one whose
 * sessions are watched. Handlers of types of their own are left alone.
 *
 * @since 0.1.0
 */
final class WebSocketStreams implements HandlerAdapter, Ordered {

	private final Streams streams;

	private final Map<Object, HttpRequestHandler> watched = new ConcurrentHashMap<>();

	/**
	 * Create an adapter.
	 * @param streams where sessions are registered
	 */
	public WebSocketStreams(Streams streams) {
		this.streams = streams;
	}

	@Override
	public int getOrder() {
		return Orders.HANDLER_ADAPTER;
	}

	@Override
	public boolean supports(Object handler) {
		return handler.getClass() == WebSocketHttpRequestHandler.class
				|| handler.getClass() == SockJsHttpRequestHandler.class;
	}

	@Override
	public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws Exception {
		this.watched.computeIfAbsent(handler, this::watch).handleRequest(request, response);
		return null;
	}

	private HttpRequestHandler watch(Object handler) {
		if (handler instanceof SockJsHttpRequestHandler sockJs) {
			return new SockJsHttpRequestHandler(sockJs.getSockJsService(), watch(sockJs.getWebSocketHandler()));
		}
		WebSocketHttpRequestHandler original = (WebSocketHttpRequestHandler) handler;
		WebSocketHttpRequestHandler copy = new WebSocketHttpRequestHandler(watch(original.getWebSocketHandler()),
				original.getHandshakeHandler());
		copy.setHandshakeInterceptors(original.getHandshakeInterceptors());
		return copy;
	}

	private WebSocketHandler watch(WebSocketHandler handler) {
		return new WatchedWebSocketHandler(handler, this.streams);
	}

}
