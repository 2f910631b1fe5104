package io.podlifecycle.web.servlet;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import io.podlifecycle.web.RequestPeers;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.TrafficRule;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Tracks each request until it is completed, an asynchronous one beyond the return of its
 * first thread; and while the application quiesces, tells each HTTP/1.1 client with its
 * answer to leave.
 *
 * @since 0.1.0
 */
final class RequestTrackingFilter implements Filter {

	private final ObservedWork work;

	private final TrafficRule rule;

	private final RequestPeers peers;

	private final BooleanSupplier quiescing;

	private final boolean defaultServlet;

	/**
	 * Create a filter.
	 * @param work where requests are counted
	 * @param rule which requests count as traffic
	 * @param peers finds who has sent a request
	 * @param quiescing whether clients are to leave; asked for every request
	 * @param defaultServlet whether the server's own servlet for files is there
	 */
	RequestTrackingFilter(ObservedWork work, TrafficRule rule, RequestPeers peers, BooleanSupplier quiescing,
			boolean defaultServlet) {
		this.work = work;
		this.rule = rule;
		this.peers = peers;
		this.quiescing = quiescing;
		this.defaultServlet = defaultServlet;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest httpRequest = (HttpServletRequest) request;
		HttpServletResponse httpResponse = (HttpServletResponse) response;
		if (request.getDispatcherType() == DispatcherType.REQUEST
				&& !this.rule.isPreStop(httpRequest.getRequestURI())) {
			track(httpRequest, httpResponse, chain);
		}
		else {
			serve(httpRequest, httpResponse, chain);
		}
	}

	private void track(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		boolean counts = this.rule.counts(request.getRequestURI(), request.getHeader("User-Agent"));
		TrackedRequest tracked = this.work.arrived(new TrackedRequest(request), counts, peerOf(request));
		try {
			serve(request, response, chain);
		}
		finally {
			tracked.returned();
		}
	}

	private Object peerOf(HttpServletRequest request) {
		Object peer = this.peers.peerOf(request);
		return (peer != null) ? peer : request.getRemoteAddr();
	}

	private void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		ConnectionCloseResponse closing = new ConnectionCloseResponse(request, response, this.quiescing);
		closing.setConnectionClose();
		chain.doFilter(request, isForDefaultServlet(request) ? response : closing);
		// It may have written nothing, or less than the buffer holds.
		closing.setConnectionClose();
	}

	/**
	 * It answers at once. Tomcat's sends files without copying them, unless the response
	 * is wrapped.
	 */
	private boolean isForDefaultServlet(HttpServletRequest request) {
		return this.defaultServlet && "default".equals(request.getHttpServletMapping().getServletName());
	}

}
