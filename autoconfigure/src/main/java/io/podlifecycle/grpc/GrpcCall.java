package io.podlifecycle.grpc;

import io.podlifecycle.stream.OpenStream;
import io.podlifecycle.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * A gRPC call in flight.
 */
final class GrpcCall extends Work {

	private final String method;

	private @Nullable OpenStream stream;

	GrpcCall(String method) {
		this.method = method;
	}

	@Override
	protected String describe() {
		return "gRPC " + this.method;
	}

	/** What serves the call is called back on changing threads. */
	void started() {
		leaveThread();
	}

	/** Called before any callback of its listener. */
	void registered(OpenStream stream) {
		this.stream = stream;
	}

	/** Closes the stream first, so that none is left to end once nothing is in flight. */
	void ended() {
		if (this.stream != null) {
			this.stream.close();
		}
		close();
	}

}
