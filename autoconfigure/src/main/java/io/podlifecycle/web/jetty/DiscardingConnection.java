package io.podlifecycle.web.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Takes over from an HTTP/1.x connection once its last request is answered: reads and
 * discards what is left of that, until the client closes the connection. Jetty would
 * reset a client that still sends, which then loses the answer (RFC 9112, section 9.6).
 * For all others the request is complete.
 */
final class DiscardingConnection extends AbstractConnection implements Connection.UpgradeTo {

	private static final Duration MOST_DISCARD = Duration.ofSeconds(30);

	private static final int BUFFER_SIZE = 16 * 1024;

	private final Scheduler.Task timeout;

	private DiscardingConnection(EndPoint endPoint, Request request, Duration limit) {
		super(endPoint, request.getComponents().getExecutor());
		this.timeout = request.getComponents().getScheduler().schedule(endPoint::close, limit);
	}

	/**
	 * Let such a connection take over if the body of a request is not read.
	 * @param request a request that is not handled yet, and is the last of its connection
	 */
	static void takeOverIfUnread(Request request) {
		takeOverIfUnread(request, MOST_DISCARD);
	}

	static void takeOverIfUnread(Request request, Duration limit) {
		if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > 0
				|| request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
			request.addHttpStreamWrapper((stream) -> new Upload(stream, Request.unWrap(request), limit));
		}
	}

	@Override
	public void onUpgradeTo(ByteBuffer buffer) {
		// What Jetty has read of the request already.
	}

	@Override
	public void onOpen() {
		super.onOpen();
		fillInterested();
	}

	@Override
	public void onFillable() {
		ByteBuffer buffer = BufferUtil.allocate(BUFFER_SIZE);
		int filled;
		try {
			do {
				BufferUtil.clear(buffer);
				filled = getEndPoint().fill(buffer);
			}
			while (filled > 0);
		}
		catch (IOException ex) {
			filled = -1;
		}
		if (filled == 0) {
			fillInterested();
		}
		else {
			close();
		}
	}

	@Override
	public void onClose(@Nullable Throwable cause) {
		this.timeout.cancel();
		super.onClose(cause);
	}

	private static final class Upload extends HttpStream.Wrapper {

		private final Request request;

		private final Duration limit;

		/** Whether the client has yet to be told to send its body. */
		private volatile boolean awaitsContinue;

		private Upload(HttpStream stream, Request request, Duration limit) {
			super(stream);
			this.request = request;
			this.limit = limit;
			this.awaitsContinue = request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
		}

		/** An application may have removed the header. */
		@Override
		public void prepareResponse(HttpFields.Mutable headers) {
			headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
			super.prepareResponse(headers);
		}

		@Override
		public void send(MetaData.Request request, MetaData.@Nullable Response response, boolean last,
				@Nullable ByteBuffer content, Callback callback) {
			if (response != null && response.getStatus() == HttpStatus.CONTINUE_100) {
				this.awaitsContinue = false;
			}
			super.send(request, response, last, content, callback);
		}

		/**
		 * Jetty aborts the connection if an asynchronous read is pending. If one has just
		 * ended, Jetty discards no more than the size of a header before it closes it.
		 */
		@Override
		public void succeeded() {
			if (!this.awaitsContinue && endPoint() instanceof AbstractEndPoint endPoint
					&& (endPoint.getFillInterest().onFail(new ClosedChannelException()) || !readLast())) {
				discardRest();
			}
			super.succeeded();
		}

		/** Reads a chunk, and returns whether nothing of the body is left. */
		private boolean readLast() {
			Content.Chunk chunk = read();
			if (chunk == null) {
				return false;
			}
			chunk.release();
			return chunk.isLast();
		}

		/** Jetty fails a request that is answered well, but not consumed. */
		@Override
		public void failed(Throwable failure) {
			if (!this.awaitsContinue && failure.getCause() == HttpStream.CONTENT_NOT_CONSUMED) {
				discardRest();
				super.succeeded();
			}
			else {
				super.failed(failure);
			}
		}

		private void discardRest() {
			this.request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
					new DiscardingConnection(endPoint(), this.request, this.limit));
		}

		private EndPoint endPoint() {
			return this.request.getConnectionMetaData().getConnection().getEndPoint();
		}

	}

}
