package io.podlifecycle.web.servlet;

import io.podlifecycle.work.Work;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * A request in flight, until its last asynchronous cycle is over.
 */
final class TrackedRequest extends Work implements AsyncListener {

	private final HttpServletRequest request;

	TrackedRequest(HttpServletRequest request) {
		this.request = request;
	}

	@Override
	protected String describe() {
		return RequestDescription.of(this.request);
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
