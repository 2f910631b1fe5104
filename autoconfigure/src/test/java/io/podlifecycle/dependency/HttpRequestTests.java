package io.podlifecycle.dependency;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HttpRequestTests {

	@Test
	void thePortIsThatOfTheScheme() {
		HttpRequest plain = HttpRequest.of(ProbeRequest.of(Target.of("http://fortune/x")));
		assertThat(plain.endpoint().port()).isEqualTo(80);
		assertThat(plain.isSecure()).isFalse();
		assertThat(plain.text(false)).startsWith("GET /x HTTP/1.1\r\n").contains("\r\nHost: fortune\r\n");
		HttpRequest secure = plain.redirectedTo("https://fortune/y");
		assertThat(secure.endpoint().port()).isEqualTo(443);
		assertThat(secure.isSecure()).isTrue();
		assertThat(HttpRequest.of(ProbeRequest.of(Target.of("https://fortune:8443"))).endpoint().port())
			.isEqualTo(8443);
	}

	@ParameterizedTest
	@CsvSource({ "/y, true", "http://FORTUNE:80/y, true", "http://other:80/y, false", "https://fortune:80/y, false",
			"http://fortune:81/y, false", "http://fortune/y, false" })
	void secretsFollowToTheSameServerOnly(String location, boolean follows) {
		HttpRequest first = HttpRequest
			.of(ProbeRequest.of(Target.of("http://fortune:80/x")).withOptions(Map.of("headers.X-Key", "secret")));
		assertThat(first.redirectedTo(location).text(false).contains("secret")).isEqualTo(follows);
	}

}
