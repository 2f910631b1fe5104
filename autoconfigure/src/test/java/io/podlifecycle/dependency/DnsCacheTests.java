package io.podlifecycle.dependency;

import java.security.Security;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The properties are those of the JVM, so each test puts them back.
 */
class DnsCacheTests {

	private static final String TTL = "networkaddress.cache.ttl";

	private static final String NEGATIVE_TTL = "networkaddress.cache.negative.ttl";

	private final String ttlBefore = String.valueOf(Security.getProperty(TTL));

	private final String negativeTtlBefore = String.valueOf(Security.getProperty(NEGATIVE_TTL));

	@BeforeEach
	void setDefaults() {
		Security.setProperty(NEGATIVE_TTL, "10");
	}

	@AfterEach
	void putBack() {
		Security.setProperty(NEGATIVE_TTL, this.negativeTtlBefore);
		// There is no way to unset it.
		Security.setProperty(TTL, this.ttlBefore.equals("null") ? "30" : this.ttlBefore);
		System.clearProperty("sun.net.inetaddr.negative.ttl");
	}

	@Test
	void failuresAreForgottenSooner() {
		shorten();
		assertThat(Security.getProperty(NEGATIVE_TTL)).isEqualTo("0");
	}

	@Test
	void whatTheUserHasChosenStays() {
		Security.setProperty(TTL, "60");
		Security.setProperty(NEGATIVE_TTL, "7");
		shorten();
		assertThat(Security.getProperty(TTL)).isEqualTo("60");
		assertThat(Security.getProperty(NEGATIVE_TTL)).isEqualTo("7");
		Security.setProperty(NEGATIVE_TTL, "10");
		System.setProperty("sun.net.inetaddr.negative.ttl", "10");
		shorten();
		assertThat(Security.getProperty(NEGATIVE_TTL)).isEqualTo("10");
	}

	private static void shorten() {
		DnsCache.shorten(Duration.ofSeconds(5), Duration.ZERO);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "UnknownHostException: fortune | true",
					"UnknownHostException: fortune: Name or service not known | false",
					"ConnectException: Connection refused | false", "'' | false" })
	void anAnswerOutOfTheCacheHasNoReason(String error, boolean outOfCache) {
		Duration second = Duration.ofSeconds(1);
		Dependency dependency = new Dependency("fortune", Target.of("dns:fortune"),
				(timeLimit) -> ProbeResult.absent(error), true, second, second, new Backoff(second, 1, second, 0));
		DependencyOutcome outcome = DependencyOutcome.notTried(dependency).tried(ProbeResult.absent(error), second);
		assertThat(DnsCache.answered(outcome)).isEqualTo(outOfCache);
	}

}
