package io.podlifecycle.web.servlet;

import io.podlifecycle.drain.Work;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request in flight, until its last asynchronous cycle is over.
 */
final class TrackedRequest extends Work implements AsyncListener {

	/** Where Spring MVC keeps the template of the URI, which bears no secrets. */
	private static final String URI_TEMPLATE = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

	private final HttpServletRequest request;

	TrackedRequest(HttpServletRequest request) {
		this.request = request;
	}

	@Override
	protected String describe() {
		@Nullable Object template = this.request.getAttribute(URI_TEMPLATE);
		return this.request.getMethod() + " " + ((template != null) ? template : "(no handler)");
	}

	/**
	 * The container's thread comes back through the filter.
	 */
	void returned() {
		if (this.request.isAsyncStarted()) {
			leaveThread();
			this.request.getAsyncContext().addListener(this);
		}
		else {
			close();
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		close();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		// Followed by onComplete, whoever handles it.
	}

	@Override
	public void onError(AsyncEvent event) {
		// Followed by onComplete, whoever handles it.
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// A new cycle drops the listeners of the one before.
		event.getAsyncContext().addListener(this);
	}

}
