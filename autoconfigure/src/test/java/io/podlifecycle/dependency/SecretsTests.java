package io.podlifecycle.dependency;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTests {

	@ParameterizedTest
	@ValueSource(strings = { "http://user:SECRET@host/path", "http://SECRET@host/path", "http://u:p@SECRET@host/path",
			"http://host/path?token=SECRET", "http://host/path?a=1&token=SECRET#x", "http://host/path;key=SECRET",
			"jdbc:postgresql://host/db?user=x&password=SECRET", "jdbc:sqlserver://host;password=SECRET;x=y",
			"cannot connect to http://user:SECRET@host/path: refused", "http://user:SECRET@[bad/path",
			"redis://:SECRET@host/path", "jdbc:oracle:thin:scott/SECRET@host:1521:sid",
			"jdbc:sqlserver://host;password={SEC;SECRET};x=y", "jdbc:mysql://(host=host,user=u,password=SECRET)/db" })
	void noSecretIsLeft(String text) {
		assertThat(Secrets.redact(text)).doesNotContain("SECRET").contains("***").containsAnyOf("host", "[bad");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://host:80/path", "tcp://host:5432", "Connection refused", "status 503",
			"mail@example.org is not a URI" })
	void whatIsNoSecretStays(String text) {
		assertThat(Secrets.redact(text)).isEqualTo(text);
	}

}
