package io.podlifecycle.dependency;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What one probe found. Immutable.
 *
 * @param status what was found
 * @param detail one line for a person, empty when the dependency answered
 * @since 0.1.0
 */
public record ProbeResult(Status status, String detail) {

	private static final List<Class<? extends Exception>> ABSENCES = List.of(ConnectException.class,
			UnknownHostException.class, NoRouteToHostException.class, UnresolvedAddressException.class);

	private static final int LONGEST_MESSAGE = 300;

	private static final int DEEPEST_CAUSE = 16;

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
	 * A live peer refuses what it was asked, and will refuse it again: the credentials
	 * are wrong, or do not permit it.
	 * @param detail what was seen
	 * @return the result
	 */
	public static ProbeResult refused(String detail) {
		return new ProbeResult(Status.REFUSED, detail);
	}

	/**
	 * A live peer refuses what it was asked, and will refuse it again.
	 * @param failure how it said so
	 * @return the result
	 */
	public static ProbeResult refused(Throwable failure) {
		return refused(describe(failure));
	}

	/**
	 * The time was over before anything was found out.
	 * @param detail what was seen
	 * @return the result
	 */
	public static ProbeResult timedOut(String detail) {
		return new ProbeResult(Status.TIMED_OUT, detail);
	}

	/**
	 * The result of a probe that failed.
	 * @param failure what the probe threw
	 * @return {@link Status#ABSENT} if no peer was involved, {@link Status#TIMED_OUT} if
	 * the failure or one of its causes is, by its name, a timeout, else
	 * {@link Status#NOT_YET}
	 */
	public static ProbeResult of(Throwable failure) {
		String detail = describe(failure);
		if (isAbsence(failure)) {
			return absent(detail);
		}
		return isTimeout(failure) ? timedOut(detail) : notYet(detail);
	}

	/**
	 * The result of a probe that failed, perhaps because its peer refuses it.
	 * @param failure what the probe threw
	 * @param refusal whether a failure says that the peer will refuse it again
	 * @return {@link Status#REFUSED} if the failure or one of its causes says so, else as
	 * without this knowledge
	 */
	public static ProbeResult of(Throwable failure, Predicate<Throwable> refusal) {
		return causes(failure).anyMatch(refusal) ? refused(failure) : of(failure);
	}

	private static boolean isAbsence(Throwable failure) {
		// Runs for each try of something that is absent, so without streams.
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
			for (Class<?> type : ABSENCES) {
				if (type.isInstance(cause)) {
					return true;
				}
			}
			cause = cause.getCause();
		}
		return false;
	}

	/** Every driver has a type of its own for it. */
	private static boolean isTimeout(Throwable failure) {
		return causes(failure).anyMatch((cause) -> cause.getClass().getSimpleName().contains("Timeout"));
	}

	/** Drivers wrap what happened in what they were about to do. */
	private static String describe(Throwable failure) {
		if (failure.getCause() == null) {
			return describeOne(failure);
		}
		Throwable root = causes(failure).reduce(failure, (former, latter) -> latter);
		String detail = describeOne(failure);
		return (root.getMessage() == null || detail.contains(shorten(root.getMessage()))) ? detail
				: detail + " (" + describeOne(root) + ")";
	}

	private static String describeOne(Throwable failure) {
		String type = failure.getClass().getSimpleName();
		String message = failure.getMessage();
		return (message != null) ? type + ": " + shorten(message) : type;
	}

	private static String shorten(String message) {
		boolean isLine = message.indexOf('\n') < 0 && message.indexOf('\r') < 0;
		String line = (isLine ? message : message.lines().findFirst().orElse("")).strip();
		return (line.length() > LONGEST_MESSAGE) ? line.substring(0, LONGEST_MESSAGE) + " ..." : line;
	}

	private static Stream<Throwable> causes(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST_CAUSE);
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
		NOT_YET,

		/**
		 * A live peer refuses for good, mostly the log-in. Tries become rare, since each
		 * may be one of those after which an account is locked, for all its users.
		 */
		REFUSED,

		/**
		 * The time was over, which tells nothing else. Tries become rarer as after
		 * {@link #NOT_YET}: there may be a peer that is busy.
		 */
		TIMED_OUT

	}

}
