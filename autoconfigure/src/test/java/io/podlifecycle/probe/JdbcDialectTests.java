package io.podlifecycle.probe;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JdbcDialectTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "jdbc:postgresql://db/x | [db:5432]",
			"jdbc:postgresql://db1:1,db2/x?user=a@b | [db1:1, db2:5432]", "jdbc:postgresql:x | []",
			"jdbc:mysql://user:secret@db:3307/x | [db:3307]", "jdbc:mysql://(host=db,port=1)/x | []",
			"jdbc:mariadb://db/ | [db:3306]", "jdbc:sqlserver://db;databaseName=x | [db:1433]",
			"jdbc:oracle:thin:@db:1521:sid | [db:1521]", "jdbc:oracle:thin:scott/tiger@//db:1522/service | [db:1522]",
			"jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=db))) | []", "jdbc:h2:tcp://db/x | [db:9092]",
			"jdbc:h2:mem:x | []", "jdbc:h2:file:/x | []", "jdbc:db2://db:50000/x | [db:50000]", "jdbc:db2://db/x | []",
			"jdbc:postgresql://[::1]:5433/x | [[::1]:5433]" })
	void knowsWhereToConnect(String url, String endpoints) {
		assertThat(JdbcDialect.of(url).endpoints(url)).hasToString(endpoints);
	}

	@Test
	void boundsTheWaitsOfADriverInItsOwnUnits() {
		Duration limit = Duration.ofMillis(1200);
		assertThat(JdbcDialect.of("jdbc:postgresql://db/x").limitsFor(limit)).containsEntry("socketTimeout", "2")
			.containsEntry("sslResponseTimeout", "1200");
		assertThat(JdbcDialect.of("jdbc:mysql://db/x").limitsFor(limit)).containsEntry("socketTimeout", "1200");
		assertThat(JdbcDialect.of("jdbc:sqlserver://db").limitsFor(limit)).containsEntry("connectRetryCount", "0");
		assertThat(JdbcDialect.of("jdbc:other://db").limitsFor(limit)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "postgresql, 28P01, 0, true", "postgresql, 28000, 0, true", "postgresql, 57P03, 0, false",
			"postgresql, 53300, 0, false", "mysql, 28000, 1045, true", "mysql, 42000, 1044, true",
			"mariadb, 08004, 1040, false", "sqlserver, S0001, 18456, true", "sqlserver, S0001, 4060, false",
			"oracle, 72000, 1017, true", "oracle, 99999, 28000, true", "oracle, 66000, 12514, false",
			"h2, 28000, 28000, true", "other, , 18456, false" })
	void knowsWhatServersSayToAWrongPassword(String name, @Nullable String state, int code, boolean refusal) {
		assertThat(JdbcDialect.of("jdbc:" + name + ":x").isRefusal(state, code)).isEqualTo(refusal);
	}

}
