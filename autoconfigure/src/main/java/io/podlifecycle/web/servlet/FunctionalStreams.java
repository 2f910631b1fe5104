package io.podlifecycle.web.servlet;

import io.podlifecycle.boot.Orders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;

/**
 * Lets {@link MvcStreams} see whether the stream of a functional handler is sending. To
 * end one that is would make a thread of the server wait for its client.
 *
 * @since 0.1.0
 */
final class FunctionalStreams implements HandlerAdapter, Ordered {

	private final ObjectProvider<HandlerFunctionAdapter> adapter;

	/**
	 * Create an adapter.
	 * @param adapter the one that is to do the work
	 */
	public FunctionalStreams(ObjectProvider<HandlerFunctionAdapter> adapter) {
		this.adapter = adapter;
	}

	@Override
	public int getOrder() {
		return Orders.HANDLER_ADAPTER;
	}

	@Override
	public boolean supports(Object handler) {
		return handler instanceof HandlerFunction<?>;
	}

	@Override
	public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws Exception {
		return this.adapter.getObject().handle(request, new SendingResponse(response), handler);
	}

}
