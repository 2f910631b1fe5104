package io.podlifecycle.rehearsal.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Locale;

import javax.net.ssl.SSLException;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Tells from an exception what happened to the connection.
 */
final class Failures {

	private Failures() {
	}

	static Kind kindOf(Exception ex) {
		if (ex instanceof FailureException failure) {
			return failure.kind();
		}
		if (ex instanceof NoHttpResponseException || ex instanceof ConnectionClosedException
				|| ex instanceof MalformedChunkCodingException || ex instanceof EOFException) {
			return Kind.EOF;
		}
		if (ex instanceof SocketTimeoutException) {
			return Kind.TIMEOUT;
		}
		String message = String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT);
		if (ex instanceof ConnectException) {
			return message.contains("refused") ? Kind.REFUSED : message.contains("timed out") ? Kind.TIMEOUT
					: message.contains("reset") ? Kind.RESET : Kind.OTHER;
		}
		if (ex instanceof IOException) {
			// The JDK tells these apart in the message only.
			boolean reset = message.contains("connection reset") || message.contains("broken pipe")
					|| message.contains("was reset");
			boolean ended = ex instanceof SSLException && message.contains("terminated the handshake");
			return reset ? Kind.RESET : ended ? Kind.EOF : Kind.OTHER;
		}
		return Kind.OTHER;
	}

	static String detailOf(Exception ex) {
		return (ex instanceof FailureException) ? String.valueOf(ex.getMessage())
				: ex.getClass().getSimpleName() + ": " + ex.getMessage();
	}

}
