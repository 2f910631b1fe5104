package io.podlifecycle.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.PeerAddress;
import io.podlifecycle.work.TrafficRule;
import org.jspecify.annotations.Nullable;

/**
 * Tracks each gRPC call until it is completed or cancelled; and ends those in which the
 * server sends a stream when a shutdown drains, with status {@code UNAVAILABLE}. Calls of
 * the health service are neither work nor traffic; a {@code Watch} is a stream. A server
 * that an application builds by itself has to be given this interceptor.
 *
 * @since 0.1.0
 */
public final class CallTrackingInterceptor implements ServerInterceptor {

	private static final String HEALTH = "grpc.health.";

	private static final Metadata.Key<String> USER_AGENT = Metadata.Key.of("user-agent",
			Metadata.ASCII_STRING_MARSHALLER);

	private final ObservedWork work;

	private final TrafficRule rule;

	private final @Nullable Streams streams;

	/**
	 * Create an interceptor.
	 * @param work where calls are counted
	 * @param rule which calls count as traffic; the path of a call is {@code /} and the
	 * full name of its method
	 * @param streams where calls are registered in which the server sends a stream;
	 * {@code null} to wait for them as for any call
	 */
	public CallTrackingInterceptor(ObservedWork work, TrafficRule rule, @Nullable Streams streams) {
		this.work = work;
		this.rule = rule;
		this.streams = streams;
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		String method = call.getMethodDescriptor().getFullMethodName();
		Streams registry = call.getMethodDescriptor().getType().serverSendsOneMessage() ? null : this.streams;
		boolean health = method.startsWith(HEALTH);
		if (health && registry == null) {
			return next.startCall(call, headers);
		}
		GrpcCall work = new GrpcCall(method);
		if (!health) {
			this.work.arrived(work, this.rule.counts("/" + method, headers.get(USER_AGENT)),
					PeerAddress.of(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
		}
		try {
			ServerCall.Listener<Q> listener = (registry != null) ? startStream(registry, work, call, headers, next)
					: next.startCall(call, headers);
			work.started();
			return new TrackingListener<>(listener, work);
		}
		catch (RuntimeException | Error ex) {
			work.close();
			throw ex;
		}
	}

	private static <Q, A> ServerCall.Listener<Q> startStream(Streams streams, GrpcCall work, ServerCall<Q, A> call,
			Metadata headers, ServerCallHandler<Q, A> next) {
		EndableCall<Q, A> endable = new EndableCall<>(call, work);
		ServerCall.Listener<Q> listener = endable.listener(next.startCall(endable, headers));
		work.registered(streams.open(work.describe(), endable));
		return listener;
	}

	private static final class TrackingListener<Q> extends SimpleForwardingServerCallListener<Q> {

		private final GrpcCall work;

		TrackingListener(ServerCall.Listener<Q> listener, GrpcCall work) {
			super(listener);
			this.work = work;
		}

		@Override
		public void onComplete() {
			try {
				super.onComplete();
			}
			finally {
				this.work.ended();
			}
		}

		@Override
		public void onCancel() {
			try {
				super.onCancel();
			}
			finally {
				this.work.ended();
			}
		}

	}

}
