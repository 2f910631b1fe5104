package io.podlifecycle.grpc;

import io.podlifecycle.drain.Work;

/**
 * A gRPC call in flight.
 */
final class GrpcCall extends Work {

	private final String method;

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

}
