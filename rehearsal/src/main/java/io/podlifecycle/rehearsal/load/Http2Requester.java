package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP/2 on one connection at a time, as RFC 9113 wants it of a client: it leaves
 * a connection once the server has sent GOAWAY, and opens another for its next request.
 * One that was sent and that the server has not processed is a failure, and is not sent
 * again.
 */
final class Http2Requester implements Requester {

	private final URI target;

	private final boolean keepAlive;

	private final Duration timeout;

	private final LoadRecorder recorder;

	private int requestsBefore;

	private volatile @Nullable Http2Connection connection;

	Http2Requester(URI target, boolean keepAlive, Duration timeout, LoadRecorder recorder) {
		this.target = target;
		this.keepAlive = keepAlive;
		this.timeout = timeout;
		this.recorder = recorder;
	}

	@Override
	public int request() throws IOException {
		this.requestsBefore = 0;
		Http2Connection current = this.connection;
		while (true) {
			if (current == null) {
				current = Http2Connection.open(this.target, this.timeout);
				this.connection = current;
				this.recorder.connected();
			}
			int stream = current.send();
			if (stream != Http2Connection.LEFT) {
				this.requestsBefore = (stream - 1) / 2;
				return answer(current);
			}
			current = null;
		}
	}

	private int answer(Http2Connection current) throws IOException {
		boolean reusable = false;
		try {
			int status = current.awaitAnswer();
			reusable = this.keepAlive;
			return status;
		}
		finally {
			if (!reusable) {
				current.close();
				this.connection = null;
			}
		}
	}

	@Override
	public void cancel() {
		close();
	}

	@Override
	public int requestsBefore() {
		return this.requestsBefore;
	}

	@Override
	public void close() {
		Http2Connection current = this.connection;
		if (current != null) {
			current.close();
		}
	}

}
