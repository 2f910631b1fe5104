package io.podlifecycle.dependency;

import org.junit.jupiter.api.Test;
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
			"jdbc:sqlserver://host;password={SEC;SECRET};x=y", "jdbc:mysql://(host=host,user=u,password=SECRET)/db",
			"http://host/?SECRET", "user:SECRET@host:80", "http://host/?a&SECRET&b=1", "http://host/?a=1&SECRET",
			"http://host/#SECRET", "http://host/#access_token=SECRET", "http://user:SE/SECRET@host/path",
			"http://user:SE#SECRET@host", "http://user:SE SECRET@host:80/", "http://user:SE?SECRET@host",
			"mongodb://u:SECRET@host:1,host2:2/db", "mongodb://u:SECRET@host:1,v:SECRET@host2:2/db?authSource=SECRET",
			"kafka://host:1,u:SECRET@host2:2", "redis://SECRET@host:26379,host2:26379",
			"amqp://u:SECRET@host:1/v,amqp://u:SECRET@host2/v", "jdbc:db2://host:50000/db:password=SECRET;user=u;",
			"jdbc:mysql://address=(host=host)(password=SECRET)/db", "jdbc:oracle:thin:u/SECRET@//host:1521/x",
			"jdbc:postgresql://host/db?sslpassword=SECRET",
			"on host: sasl.jaas.config=Module required username=\"u\" password=\"SEC SECRET\";",
			"jdbc:sqlserver://host;trustStorePassword='SEC SECRET';x=y" })
	void noSecretIsLeft(String text) {
		assertThat(Secrets.redact(text)).doesNotContain("SECRET").contains("***").containsAnyOf("host", "[bad");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://host:80/path", "tcp://host:5432", "Connection refused", "status 503",
			"mail@example.org is not a URI", "http://host/a@b/c", "http://host: refused by admin",
			"http://[::1]:80/a@b", "kafka://a:1,b:2" })
	void whatIsNoSecretStays(String text) {
		assertThat(Secrets.redact(text)).isEqualTo(text);
	}

	@Test
	void thePasswordsOfATargetAreFoundAsTheyStandThereAndDecoded() {
		assertThat(Secrets.of("x://user:p%40ss@host/db?password=q")).containsExactlyInAnyOrder("p%40ss", "p@ss", "q",
				"q");
		assertThat(Secrets.of("x://user:100%@host")).containsOnly("100%");
		assertThat(Secrets.of("x://user@host")).isEmpty();
	}

}
