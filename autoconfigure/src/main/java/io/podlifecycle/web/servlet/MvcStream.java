package io.podlifecycle.web.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.podlifecycle.stream.OpenStream;
import io.podlifecycle.stream.StreamEnd;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.AbortableConnections;
import io.podlifecycle.web.LongLived;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResultProcessingInterceptor;

/**
 * The stream of one request, if it turns out to have one. It ends as when its handler
 * completes it; where only Spring knows how to do that, as when its timeout is over.
 */
final class MvcStream implements DeferredResultProcessingInterceptor {

	private final Streams streams;

	private final AbortableConnections connections;

	private final Predicate<@Nullable Object> marked;

	private volatile @Nullable OpenStream stream;

	private volatile boolean endsEventStream;

	/**
	 * Create the interceptor of a request.
	 * @param streams where streams are registered
	 * @param connections the connections of the server
	 * @param marked whether the request is marked as long-lived, if its attribute of that
	 * name has the given value
	 */
	MvcStream(Streams streams, AbortableConnections connections, Predicate<@Nullable Object> marked) {
		this.streams = streams;
		this.connections = connections;
		this.marked = marked;
	}

	/** The headers of a stream are set by now. */
	@Override
	public <T> void preProcess(NativeWebRequest request, DeferredResult<T> result) {
		HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
		boolean eventStream = isEventStream(request);
		if (servletRequest != null && (eventStream
				|| this.marked.test(request.getAttribute(LongLived.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST)))) {
			this.stream = this.streams.open(RequestDescription.of(servletRequest),
					end(request, servletRequest, eventStream));
		}
	}

	/** Asks the request for all it needs now: later it may be another's. */
	private StreamEnd end(NativeWebRequest request, HttpServletRequest servletRequest, boolean eventStream) {
		String connectionId = servletRequest.getServletConnection().getConnectionId();
		BooleanSupplier end = StreamReturnValueHandler.endOf(request);
		return new End((end != null) ? end : timeOut(request, servletRequest, eventStream), connectionId);
	}

	private BooleanSupplier timeOut(NativeWebRequest request, HttpServletRequest servletRequest, boolean eventStream) {
		AsyncEvent event = new AsyncEvent(servletRequest.getAsyncContext());
		SendingResponse response = request.getNativeResponse(SendingResponse.class);
		return () -> {
			if (response != null && response.isSending()) {
				return false;
			}
			this.endsEventStream = eventStream;
			timeOut((AsyncListener) request, event);
			return true;
		};
	}

	private static void timeOut(AsyncListener request, AsyncEvent event) {
		try {
			request.onTimeout(event);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Without this, Spring would make an error of it. */
	@Override
	public <T> boolean handleTimeout(NativeWebRequest request, DeferredResult<T> result) {
		if (this.endsEventStream) {
			result.setResult(null);
		}
		return !this.endsEventStream;
	}

	@Override
	public <T> void afterCompletion(NativeWebRequest request, DeferredResult<T> result) {
		OpenStream open = this.stream;
		if (open != null) {
			open.close();
		}
	}

	private static boolean isEventStream(NativeWebRequest request) {
		HttpServletResponse response = request.getNativeResponse(HttpServletResponse.class);
		String type = (response != null) ? response.getContentType() : null;
		return type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
	}

	private final class End implements StreamEnd {

		private final BooleanSupplier attempt;

		private final String connectionId;

		End(BooleanSupplier attempt, String connectionId) {
			this.attempt = attempt;
			this.connectionId = connectionId;
		}

		@Override
		public boolean attempt() {
			return this.attempt.getAsBoolean();
		}

		@Override
		public void abort() {
			MvcStream.this.connections.abort(this.connectionId);
		}

	}

}
