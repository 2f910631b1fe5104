package io.podlifecycle.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;

/**
 * A service of one method, without generated code: it answers after the milliseconds that
 * it is asked for.
 */
final class Fortunes {

	private static final MethodDescriptor<String, String> TELL = MethodDescriptor
		.<String, String>newBuilder(new Text(), new Text())
		.setType(MethodType.UNARY)
		.setFullMethodName("fortune.Fortunes/Tell")
		.build();

	private Fortunes() {
	}

	static ServerServiceDefinition service() {
		return ServerServiceDefinition.builder("fortune.Fortunes")
			.addMethod(TELL, ServerCalls.<String, String>asyncUnaryCall((millis, observer) -> {
				System.out.println("begin " + millis);
				pause(Long.parseLong(millis));
				observer.onNext("told");
				observer.onCompleted();
			}))
			.build();
	}

	private static void pause(long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String tell(Channel channel, long millis) {
		return ClientCalls.blockingUnaryCall(channel, TELL, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
				String.valueOf(millis));
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
