package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.Map;

import io.podlifecycle.dependency.ProbeResult.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a driver says about its failure repeats no secret of the request.
 */
class RedactingProbeTests {

	@ParameterizedTest
	@ValueSource(strings = { "x://user:SECRET@host", "jdbc:x://host/db?user=u&password=SECRET",
			"jdbc:oracle:thin:user/SECRET@host:1521:x", "jdbc:sqlserver://host;password=SECRET;x=y",
			"redis://SECRET@host", "x://host/?access_token=SECRET", "jdbc:x://host/db?sslpassword=SECRET",
			"jdbc:db2://host/db:password=SECRET;", "mongodb://u:other@one:1,v:SECRET@two:2/db", "http://host/?SECRET",
			"http://host/?a=1&SECRET", "http://host/#SECRET", "http://host/;key=SECRET",
			"jdbc:oracle:thin:user/\"SECRET\"@host:1521:x", "jdbc:sqlserver://host;password={SECRET};x=y",
			"jdbc:mysql://(host=host,user=u,password=SECRET)/db", "jdbc:h2:tcp://host/x;PASSWORD=file SECRET" })
	void aPasswordOfTheTargetIsNotRepeated(String target) throws Exception {
		assertDiscreet(ProbeRequest.of(Target.of(target)));
	}

	@Test
	void aPasswordBesideTheTargetIsNotRepeated() throws Exception {
		assertDiscreet(ProbeRequest.of(Target.of("x:y")).withCredentials(new Credentials("user", "SECRET")));
		assertDiscreet(ProbeRequest.of(Target.of("x:y")).withOptions(Map.of("ssl.key.password", "SECRET")));
		assertDiscreet(ProbeRequest.of(Target.of("x:y")).withOptions(Map.of("ssl.keystore.key", "SECRET")));
		assertDiscreet(ProbeRequest.of(Target.of("x:y")).withOptions(Map.of("headers.Authorization", "SECRET")));
		assertDiscreet(ProbeRequest.of(Target.of("x:y")).withOptions(Map.of("headers.X-Api-Key", "SECRET")));
		assertDiscreet(ProbeRequest.of(Target.of("x:y"))
			.withOptions(Map.of("sasl.jaas.config", "Module required username=\"u\" password=\"SECRET\";")));
	}

	@Test
	void anEncodedPasswordIsNotRepeatedDecoded() throws Exception {
		assertDiscreet(ProbeRequest.of(Target.of("x://user:SEC%52ET@host")));
	}

	private static RedactingProbe probe(ProbeRequest request, Probe probe) {
		return new RedactingProbe(Redaction.of(request), probe);
	}

	private static void assertDiscreet(ProbeRequest request) throws Exception {
		assertThat(request.toString()).doesNotContain("SECRET", "SEC%52ET");
		ProbeResult result = probe(request, (timeLimit) -> {
			throw new IllegalStateException("cannot log in with SECRET", new IllegalStateException("SECRET is wrong"));
		}).check(Duration.ofSeconds(1));
		assertThat(result.status()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail())
			.isEqualTo("IllegalStateException: cannot log in with *** (IllegalStateException: *** is wrong)");
	}

	@Test
	void whatHoldsNoSecretIsPassedOn() throws Exception {
		ProbeResult result = ProbeResult.notYet("starting");
		ProbeRequest request = ProbeRequest.of(Target.of("x://user:@host")).withCredentials(new Credentials("u", ""));
		assertThat(probe(request, (timeLimit) -> result).check(Duration.ofSeconds(1))).isSameAs(result);
	}

	@Test
	void otherOptionsMayBeRepeated() throws Exception {
		ProbeRequest request = ProbeRequest.of(Target.of("x:y")).withOptions(Map.of("topic", "orders"));
		assertThat(probe(request, (timeLimit) -> ProbeResult.notYet("no topic orders")).check(Duration.ofSeconds(1)))
			.isEqualTo(ProbeResult.notYet("no topic orders"));
	}

	@Test
	void aUriInADetailIsRedactedAndALibraryThatIsMissingIsAnAnswer() throws Exception {
		ProbeRequest request = ProbeRequest.of(Target.of("x:y"));
		assertThat(probe(request, (timeLimit) -> {
			throw new NoClassDefFoundError("of http://user:other@host/");
		}).check(Duration.ofSeconds(1))).isEqualTo(ProbeResult.notYet("NoClassDefFoundError: of http://host/"));
	}

	@Test
	void anInterruptIsPassedOn() {
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> probe(ProbeRequest.of(Target.of("x:y")), (timeLimit) -> {
				throw new InterruptedException();
			}).check(Duration.ofSeconds(1)));
	}

}
