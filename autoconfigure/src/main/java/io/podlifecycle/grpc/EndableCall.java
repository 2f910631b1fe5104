package io.podlifecycle.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.podlifecycle.stream.StreamEnd;

/**
 * A call that can be ended from outside, between two messages. A {@link ServerCall} is
 * for one thread at a time, so those of the service and the one that ends it take turns;
 * none of them waits for the client. To the service an ended call is a cancelled one.
 *
 * @param <Q> the type of requests
 * @param <A> the type of responses
 */
final class EndableCall<Q, A> extends SimpleForwardingServerCall<Q, A> implements StreamEnd {

	private final GrpcCall work;

	private boolean closed;

	private volatile boolean ended;

	EndableCall(ServerCall<Q, A> call, GrpcCall work) {
		super(call);
		this.work = work;
	}

	@Override
	public synchronized boolean attempt() {
		if (!this.closed) {
			this.closed = true;
			this.ended = true;
			super.close(Status.UNAVAILABLE.withDescription("The server is shutting down"), new Metadata());
		}
		return true;
	}

	/** The server cancels it when nothing else is in flight. */
	@Override
	public void abort() {
		this.work.close();
	}

	@Override
	public synchronized void request(int count) {
		if (!this.closed) {
			super.request(count);
		}
	}

	@Override
	public synchronized void sendHeaders(Metadata headers) {
		if (!this.ended) {
			super.sendHeaders(headers);
		}
	}

	@Override
	public synchronized void sendMessage(A message) {
		if (!this.ended) {
			super.sendMessage(message);
		}
	}

	@Override
	public synchronized void close(Status status, Metadata trailers) {
		if (!this.ended) {
			this.closed = true;
			super.close(status, trailers);
		}
	}

	@Override
	public synchronized boolean isReady() {
		return super.isReady();
	}

	@Override
	public synchronized void setMessageCompression(boolean enabled) {
		super.setMessageCompression(enabled);
	}

	@Override
	public synchronized void setCompression(String compressor) {
		super.setCompression(compressor);
	}

	@Override
	public boolean isCancelled() {
		return this.ended || super.isCancelled();
	}

	/**
	 * Return what hears of the end of this call.
	 */
	ServerCall.Listener<Q> listener(ServerCall.Listener<Q> service) {
		return new SimpleForwardingServerCallListener<>(service) {

			@Override
			public void onComplete() {
				if (EndableCall.this.ended) {
					super.onCancel();
				}
				else {
					super.onComplete();
				}
			}

		};
	}

}
