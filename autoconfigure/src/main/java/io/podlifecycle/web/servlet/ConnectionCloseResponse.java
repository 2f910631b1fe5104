package io.podlifecycle.web.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A response that asks its client to leave once quiescing has begun: as late as it can,
 * when the application begins to answer, since quiescing may begin while it computes the
 * answer. Made for each request, so it has no more than it needs.
 */
final class ConnectionCloseResponse extends HttpServletResponseWrapper {

	private final HttpServletRequest request;

	private final BooleanSupplier quiescing;

	ConnectionCloseResponse(HttpServletRequest request, HttpServletResponse response, BooleanSupplier quiescing) {
		super(response);
		this.request = request;
		this.quiescing = quiescing;
	}

	/**
	 * HTTP/2 has no such header: Tomcat fails a stream that bears it. In the answer that
	 * upgrades to WebSocket, which replaces one that is set before, it has a meaning of
	 * its own: clients would take it for a failure.
	 */
	void setConnectionClose() {
		if (this.quiescing.getAsBoolean() && !isCommitted() && getStatus() != SC_SWITCHING_PROTOCOLS
				&& this.request.getProtocol().startsWith("HTTP/1.")) {
			setHeader("Connection", "close");
		}
	}

	@Override
	public void reset() {
		super.reset();
		setConnectionClose();
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		setConnectionClose();
		return super.getOutputStream();
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		setConnectionClose();
		return super.getWriter();
	}

	@Override
	public void flushBuffer() throws IOException {
		setConnectionClose();
		super.flushBuffer();
	}

	@Override
	public void sendError(int status) throws IOException {
		setConnectionClose();
		super.sendError(status);
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		setConnectionClose();
		super.sendError(status, message);
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		setConnectionClose();
		super.sendRedirect(location);
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		setConnectionClose();
		super.sendRedirect(location, status);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		setConnectionClose();
		super.sendRedirect(location, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		setConnectionClose();
		super.sendRedirect(location, status, clearBuffer);
	}

}
