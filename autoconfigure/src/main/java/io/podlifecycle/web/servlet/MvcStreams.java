package io.podlifecycle.web.servlet;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.AbortableConnections;
import io.podlifecycle.web.LongLivedHandlers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Ends the streams of Spring MVC when a shutdown drains: server-sent events, from
 * emitters, reactive types and functional handlers; and requests that are marked as
 * {@link io.podlifecycle.web.LongLived}.
 *
 * @since 0.1.0
 */
final class MvcStreams implements WebMvcConfigurer {

	private final Streams streams;

	private final AbortableConnections connections;

	private final LongLivedHandlers longLived = new LongLivedHandlers();

	/**
	 * Create an interceptor for all handlers.
	 * @param streams where streams are registered
	 * @param connections the connections of the server
	 */
	public MvcStreams(Streams streams, AbortableConnections connections) {
		this.streams = streams;
		this.connections = connections;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new Interceptor()).order(Orders.INTERCEPTOR);
	}

	/** No bean: an application may inject its own interceptor by the type. */
	private final class Interceptor implements HandlerInterceptor {

		@Override
		public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
			MvcStreams all = MvcStreams.this;
			WebAsyncUtils.getAsyncManager(request)
				.registerDeferredResultInterceptor(MvcStreams.class, new MvcStream(all.streams, all.connections,
						(attribute) -> all.longLived.isMarked(attribute, handler)));
			return true;
		}

	}

}
