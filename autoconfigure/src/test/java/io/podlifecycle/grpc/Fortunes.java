package io.podlifecycle.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/**
 * A service without generated code: it answers after the milliseconds that it is asked
 * for, and sends streams without an end.
 */
final class Fortunes {

	/** Is answered when two streams have ended. */
	static final String HELD = "held";

	private static final String NEWS = "news ".repeat(200);

	private static final int BLOCKED_MILLIS = 1000;

	private static final MethodDescriptor<String, String> TELL = MethodDescriptor
		.<String, String>newBuilder(new Text(), new Text())
		.setType(MethodType.UNARY)
		.setFullMethodName("fortune.Fortunes/Tell")
		.build();

	private static final MethodDescriptor<String, String> WATCH = MethodDescriptor
		.<String, String>newBuilder(new Text(), new Text())
		.setType(MethodType.SERVER_STREAMING)
		.setFullMethodName("fortune.Fortunes/Watch")
		.build();

	private Fortunes() {
	}

	static ServerServiceDefinition service() {
		return service(System.out::println);
	}

	/**
	 * Return the service.
	 * @param log is told of each begin and end
	 */
	static ServerServiceDefinition service(Consumer<String> log) {
		CountDownLatch streams = new CountDownLatch(2);
		return ServerServiceDefinition.builder("fortune.Fortunes")
			.addMethod(TELL, ServerCalls.<String, String>asyncUnaryCall((request, observer) -> {
				log.accept("begin " + request);
				if (request.equals(HELD)) {
					await(streams);
				}
				else {
					pause(Long.parseLong(request));
				}
				observer.onNext("told");
				observer.onCompleted();
			}))
			.addMethod(WATCH, ServerCalls.<String, String>asyncServerStreamingCall((name, observer) -> {
				log.accept("watch " + name);
				new Thread(() -> {
					sendUntilCancelled((ServerCallStreamObserver<String>) observer, name, log);
					streams.countDown();
				}, name).start();
			}))
			.build();
	}

	/** Sends as much as goes out, to be in the middle of a message whatever happens. */
	private static void sendUntilCancelled(ServerCallStreamObserver<String> observer, String name,
			Consumer<String> log) {
		int pauses = 0;
		try {
			while (!observer.isCancelled()) {
				if (observer.isReady()) {
					observer.onNext(NEWS);
					pauses = 0;
				}
				else {
					pause(1);
					pauses++;
				}
				if (pauses == BLOCKED_MILLIS) {
					log.accept("blocked " + name);
				}
			}
		}
		catch (StatusRuntimeException ex) {
			// It was cancelled since it was asked.
		}
		log.accept("cancelled " + name);
	}

	/**
	 * Take messages until the stream ends.
	 * @return how it ended
	 */
	static CompletableFuture<Status> watch(Channel channel, String name) {
		CompletableFuture<Status> end = new CompletableFuture<>();
		ClientCalls.asyncServerStreamingCall(channel.newCall(WATCH, CallOptions.DEFAULT), name, new StreamObserver<>() {

			@Override
			public void onNext(String news) {
				// One is like the other.
			}

			@Override
			public void onError(Throwable failure) {
				end.complete(Status.fromThrowable(failure));
			}

			@Override
			public void onCompleted() {
				end.complete(Status.OK);
			}

		});
		return end;
	}

	/**
	 * Open a stream and take no message of it.
	 */
	static void neglect(Channel channel, String name) {
		ClientCall<String, String> call = channel.newCall(WATCH, CallOptions.DEFAULT);
		call.start(new ClientCall.Listener<>() {
		}, new Metadata());
		call.sendMessage(name);
		call.halfClose();
	}

	private static void pause(long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch streams) {
		try {
			streams.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String tell(Channel channel, long millis) {
		return tell(channel, String.valueOf(millis));
	}

	static String tell(Channel channel, String request) {
		return ClientCalls.blockingUnaryCall(channel, TELL, CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS),
				request);
	}

	private static final class Text implements Marshaller<String> {

		@Override
		public InputStream stream(String value) {
			return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String parse(InputStream stream) {
			try {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
