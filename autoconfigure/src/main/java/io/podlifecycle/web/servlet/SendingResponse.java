package io.podlifecycle.web.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A response that knows whether it is sending, and so may be waiting for its client. One
 * thread at a time sends.
 */
final class SendingResponse extends HttpServletResponseWrapper {

	private @Nullable ServletOutputStream stream;

	private volatile boolean sending;

	SendingResponse(HttpServletResponse response) {
		super(response);
	}

	boolean isSending() {
		return this.sending;
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		ServletOutputStream current = this.stream;
		if (current == null) {
			current = new SendingStream(super.getOutputStream());
			this.stream = current;
		}
		return current;
	}

	@Override
	public void flushBuffer() throws IOException {
		send(super::flushBuffer);
	}

	private void send(Send send) throws IOException {
		this.sending = true;
		try {
			send.run();
		}
		finally {
			this.sending = false;
		}
	}

	@FunctionalInterface
	private interface Send {

		void run() throws IOException;

	}

	private final class SendingStream extends ServletOutputStream {

		private final ServletOutputStream delegate;

		SendingStream(ServletOutputStream delegate) {
			this.delegate = delegate;
		}

		@Override
		public void write(int data) throws IOException {
			send(() -> this.delegate.write(data));
		}

		@Override
		public void write(byte[] data, int offset, int length) throws IOException {
			send(() -> this.delegate.write(data, offset, length));
		}

		@Override
		public void write(ByteBuffer data) throws IOException {
			send(() -> this.delegate.write(data));
		}

		@Override
		public void flush() throws IOException {
			send(this.delegate::flush);
		}

		@Override
		public void close() throws IOException {
			send(this.delegate::close);
		}

		@Override
		public boolean isReady() {
			return this.delegate.isReady();
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			this.delegate.setWriteListener(listener);
		}

	}

}
