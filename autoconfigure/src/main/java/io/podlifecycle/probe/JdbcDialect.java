package io.podlifecycle.probe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.podlifecycle.dependency.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What JDBC leaves to each driver: where its server is, and how its waits are bounded.
 * Drivers that are not known here do without it; they are held to the time limit from
 * outside only. Immutable.
 *
 * @param prefix how its URLs begin
 * @param library its driver
 * @param port the port of a server without one, 0 if it must have one
 * @param limits the properties that bound its waits
 */
record JdbcDialect(String prefix, String library, int port, Map<String, Unit> limits) {

	private static final List<JdbcDialect> KNOWN = List.of(
			new JdbcDialect("jdbc:postgresql:", "org.postgresql:postgresql", 5432,
					Map.of("connectTimeout", Unit.SECONDS, "socketTimeout", Unit.SECONDS, "sslResponseTimeout",
							Unit.MILLIS)),
			new JdbcDialect("jdbc:mysql:", "com.mysql:mysql-connector-j", 3306,
					Map.of("connectTimeout", Unit.MILLIS, "socketTimeout", Unit.MILLIS)),
			new JdbcDialect("jdbc:mariadb:", "org.mariadb.jdbc:mariadb-java-client", 3306,
					Map.of("connectTimeout", Unit.MILLIS, "socketTimeout", Unit.MILLIS)),
			new JdbcDialect("jdbc:sqlserver:", "com.microsoft.sqlserver:mssql-jdbc", 1433,
					Map.of("loginTimeout", Unit.SECONDS, "socketTimeout", Unit.MILLIS, "connectRetryCount",
							Unit.NO_RETRIES)),
			new JdbcDialect("jdbc:oracle:", "com.oracle.database.jdbc:ojdbc11", 1521,
					Map.of("oracle.net.CONNECT_TIMEOUT", Unit.MILLIS, "oracle.jdbc.ReadTimeout", Unit.MILLIS)),
			new JdbcDialect("jdbc:h2:", "com.h2database:h2", 9092, Map.of()));

	/** A class of SQL states. */
	private static final String INVALID_AUTHORIZATION = "28";

	private static final JdbcDialect OTHER = new JdbcDialect("jdbc:", "its JDBC driver", 0, Map.of());

	/** The first list of servers in a URL, after // or, as Oracle has it, after an @. */
	private static final Pattern SERVERS = Pattern.compile("(?://(?:[^/@?;\\s]*@)?|@(?://)?)([^/@?;()\\s]+)");

	private static final Pattern ORACLE_SID = Pattern.compile("^([^:,]+:\\d+):[^:,]+$");

	static JdbcDialect of(String url) {
		String lower = url.toLowerCase(Locale.ROOT);
		return KNOWN.stream().filter((dialect) -> lower.startsWith(dialect.prefix)).findFirst().orElse(OTHER);
	}

	/** The scheme with its sub-scheme. */
	String scheme() {
		return this.prefix.substring(0, this.prefix.length() - 1);
	}

	/** Return where to connect to, empty if that cannot be told from the URL. */
	List<Endpoint> endpoints(String url) {
		Matcher matcher = SERVERS.matcher(url.replace("\\\\", "/"));
		if (!matcher.find() || url.regionMatches(true, 0, "jdbc:h2:mem:", 0, 12)) {
			return List.of();
		}
		String servers = ORACLE_SID.matcher(matcher.group(1)).replaceFirst("$1");
		try {
			return Endpoint.listOf(servers, this.port);
		}
		catch (IllegalArgumentException ex) {
			return List.of();
		}
	}

	/**
	 * Whether a server refuses a log-in for good: invalid authorization by the standard
	 * of SQL, or what the server has for it.
	 */
	boolean isRefusal(@Nullable String sqlState, int errorCode) {
		return (sqlState != null && sqlState.startsWith(INVALID_AUTHORIZATION)) || refusals().contains(errorCode);
	}

	private Set<Integer> refusals() {
		return switch (this.prefix) {
			// Access denied, with and without a database.
			case "jdbc:mysql:", "jdbc:mariadb:" -> Set.of(1044, 1045);
			// Login failed.
			case "jdbc:sqlserver:" -> Set.of(18456);
			// No name or password, a wrong one, an account that is locked or expired.
			case "jdbc:oracle:" -> Set.of(1005, 1017, 28000, 28001);
			default -> Set.of();
		};
	}

	/** The properties with which the driver keeps a time limit. */
	Map<String, String> limitsFor(Duration timeLimit) {
		Map<String, String> properties = new LinkedHashMap<>();
		this.limits.forEach((name, unit) -> properties.put(name, String.valueOf(unit.of(timeLimit))));
		return properties;
	}

	/**
	 * How a driver counts time. Never zero, which would be no limit.
	 */
	enum Unit {

		MILLIS {
			@Override
			long of(Duration duration) {
				return Math.max(1, duration.toMillis());
			}
		},

		SECONDS {
			@Override
			long of(Duration duration) {
				return Math.max(1, duration.plusMillis(999).toSeconds());
			}
		},

		/** No time but a number of retries. */
		NO_RETRIES {
			@Override
			long of(Duration duration) {
				return 0;
			}
		};

		abstract long of(Duration duration);

	}

}
