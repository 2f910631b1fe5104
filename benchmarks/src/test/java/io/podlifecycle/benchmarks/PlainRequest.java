package io.podlifecycle.benchmarks;

import java.util.HashMap;
import java.util.Map;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.mock.web.MockHttpServletRequest;

/**
 * A request whose own cost is next to nothing, as that of a server is once it has parsed
 * it: what filters ask for is there.
 */
final class PlainRequest extends HttpServletRequestWrapper {

	private final Map<String, Object> attributes = new HashMap<>();

	PlainRequest() {
		super(new MockHttpServletRequest());
	}

	/** What a server does between two requests. */
	void recycle() {
		this.attributes.clear();
	}

	@Override
	public String getMethod() {
		return "GET";
	}

	@Override
	public String getRequestURI() {
		return "/fortune";
	}

	@Override
	public String getProtocol() {
		return "HTTP/1.1";
	}

	@Override
	public @Nullable String getHeader(String name) {
		return name.equals("User-Agent") ? "Apache-HttpClient/5.5" : null;
	}

	@Override
	public DispatcherType getDispatcherType() {
		return DispatcherType.REQUEST;
	}

	@Override
	public boolean isAsyncStarted() {
		return false;
	}

	@Override
	public @Nullable Object getAttribute(String name) {
		return this.attributes.get(name);
	}

	@Override
	public void setAttribute(String name, Object value) {
		this.attributes.put(name, value);
	}

	@Override
	public void removeAttribute(String name) {
		this.attributes.remove(name);
	}

}
