package io.podlifecycle.grpc;

import io.podlifecycle.drain.OpenStream;
import io.podlifecycle.drain.Work;
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

	/** Called before its listener hears of anything. */
	void registered(OpenStream stream) {
		this.stream = stream;
	}

	/** A stream first: when nothing is in flight, nothing is left to be ended. */
	void ended() {
		if (this.stream != null) {
			this.stream.close();
		}
		close();
	}

}
