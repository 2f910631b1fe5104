package io.podlifecycle.dependency;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.podlifecycle.dependency.ProbeResult.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a probe has thrown is read.
 */
class ProbeResultTests {

	static Stream<Exception> absences() {
		return Stream.of(new ConnectException("refused"), new UnknownHostException("host"),
				new NoRouteToHostException("no route"), new UnresolvedAddressException());
	}

	@ParameterizedTest
	@MethodSource("absences")
	void whatInvolvedNoPeerIsAnAbsenceHoweverItIsWrapped(Exception absence) {
		assertThat(ProbeResult.of(absence).status()).isEqualTo(Status.ABSENT);
		assertThat(ProbeResult.of(new IllegalStateException("cannot", new IOException(absence))).status())
			.isEqualTo(Status.ABSENT);
	}

	@Test
	void whatIsCalledATimeoutIsOneHoweverItIsWrapped() {
		assertThat(ProbeResult.of(new TimeoutException()).status()).isEqualTo(Status.TIMED_OUT);
		assertThat(ProbeResult.of(new IllegalStateException("cannot", new SocketTimeoutException("late"))))
			.isEqualTo(ProbeResult.timedOut("IllegalStateException: cannot (SocketTimeoutException: late)"));
		assertThat(ProbeResult.of(new IllegalStateException("timeout")).status()).isEqualTo(Status.NOT_YET);
	}

	@Test
	void aRefusalIsOneHoweverItIsWrapped() {
		Predicate<Throwable> refusal = SecurityException.class::isInstance;
		assertThat(ProbeResult.of(new IllegalStateException("cannot", new SecurityException("denied")), refusal))
			.isEqualTo(ProbeResult.refused("IllegalStateException: cannot (SecurityException: denied)"));
		assertThat(ProbeResult.of(new ConnectException("refused"), refusal).status()).isEqualTo(Status.ABSENT);
	}

	@Test
	void theRootIsToldUnlessItWasAlready() {
		IOException root = new IOException("reset");
		assertThat(detail(new IllegalStateException("cannot log in", new RuntimeException("broken", root))))
			.isEqualTo("IllegalStateException: cannot log in (IOException: reset)");
		assertThat(detail(new IllegalStateException("cannot log in: reset", root)))
			.isEqualTo("IllegalStateException: cannot log in: reset");
		assertThat(detail(new IllegalStateException("cannot log in", new IOException((String) null))))
			.isEqualTo("IllegalStateException: cannot log in");
	}

	@Test
	void oneLineIsTold() {
		assertThat(detail(new IOException(" first \nsecond"))).isEqualTo("IOException: first");
		assertThat(detail(new IOException("first\rsecond"))).isEqualTo("IOException: first");
		assertThat(detail(new IOException("\n"))).isEqualTo("IOException: ");
		assertThat(detail(new IOException())).isEqualTo("IOException");
	}

	@Test
	void aLongMessageIsCutOff() {
		assertThat(detail(new IOException("x".repeat(300)))).isEqualTo("IOException: " + "x".repeat(300));
		assertThat(detail(new IOException("x".repeat(301)))).isEqualTo("IOException: " + "x".repeat(300) + " ...");
	}

	@Test
	void causesAreFollowedSixteenTimes() {
		assertThat(ProbeResult.of(wrapped(new ConnectException("refused"), 15)).status()).isEqualTo(Status.ABSENT);
		assertThat(ProbeResult.of(wrapped(new ConnectException("refused"), 16)).status()).isEqualTo(Status.NOT_YET);
	}

	private static Throwable wrapped(Throwable failure, int times) {
		return (times == 0) ? failure : wrapped(new IllegalStateException("wrapper", failure), times - 1);
	}

	private static String detail(Exception failure) {
		return ProbeResult.of(failure).detail();
	}

}
