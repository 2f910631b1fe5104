package io.podlifecycle.boot.shutdown;

/**
 * The start of an application was cancelled by a stop signal, or by an exit of the JVM.
 */
@SuppressWarnings("serial")
final class StartCancelledException extends RuntimeException {

	StartCancelledException(String consequence) {
		super("The application is being stopped: " + consequence);
	}

}
