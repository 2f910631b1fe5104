package io.podlifecycle.dependency;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

/**
 * What one probe found. Immutable.
 *
 * @param status what was found
 * @param detail one line for a person, empty when the dependency answered
 * @since 0.1.0
 */
public record ProbeResult(Status status, String detail) {

	private static final ProbeResult ANSWERED = new ProbeResult(Status.ANSWERED, "");

	/**
	 * The dependency answered as it should.
	 * @return the result
	 */
	public static ProbeResult answered() {
		return ANSWERED;
	}

	/**
	 * Nothing is there.
	 * @param detail what was seen
	 * @return the result
	 */
	public static ProbeResult absent(String detail) {
		return new ProbeResult(Status.ABSENT, detail);
	}

	/**
	 * Something is there, and does not answer as it should.
	 * @param detail what was seen
	 * @return the result
	 */
	public static ProbeResult notYet(String detail) {
		return new ProbeResult(Status.NOT_YET, detail);
	}

	/**
	 * The result of a probe that failed.
	 * @param failure what the probe threw
	 * @return {@link Status#ABSENT} if no peer was involved, else {@link Status#NOT_YET}
	 */
	public static ProbeResult of(Throwable failure) {
		String detail = describe(failure);
		return isAbsence(failure) ? absent(detail) : notYet(detail);
	}

	private static boolean isAbsence(Throwable failure) {
		return failure instanceof ConnectException || failure instanceof UnknownHostException
				|| failure instanceof NoRouteToHostException;
	}

	private static String describe(Throwable failure) {
		String type = failure.getClass().getSimpleName();
		String message = failure.getMessage();
		return (message != null) ? type + ": " + message : type;
	}

	/**
	 * What a probe can find.
	 */
	public enum Status {

		/**
		 * The dependency answered as it should.
		 */
		ANSWERED,

		/**
		 * Nothing is there: no name, no route, no listener, no file. Another try costs
		 * next to nothing.
		 */
		ABSENT,

		/**
		 * A live peer said "not yet", or nothing intelligible. Tries become rarer: they
		 * must not add to the load of something that is just recovering.
		 */
		NOT_YET

	}

}
