package io.podlifecycle.probe;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;

import io.podlifecycle.dependency.Endpoint;
import io.podlifecycle.dependency.MissingLibraryException;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.time.Deadline;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * {@code jdbc:...}: the driver logs in, and finds the connection valid. The options
 * become properties of the connection, but for {@code driver-class-name}.
 */
final class JdbcProbeFactory implements ProbeFactory {

	private static final String DRIVER = "driver-class-name";

	@Override
	public Set<String> schemes() {
		return Set.of("jdbc");
	}

	@Override
	public Probe create(ProbeRequest request) {
		request.withoutTls();
		String url = request.target().text();
		JdbcDialect dialect = JdbcDialect.of(url);
		Driver driver = driver(url, dialect, request.options().get(DRIVER));
		List<Endpoint> endpoints = dialect.endpoints(url);
		return (timeLimit) -> check(driver, url, endpoints, dialect, request, timeLimit);
	}

	private static Driver driver(String url, JdbcDialect dialect, @Nullable String className) {
		if (className != null) {
			return instantiate(className);
		}
		return JdbcDrivers.find(url)
			.orElseThrow(() -> new MissingLibraryException(dialect.scheme(), dialect.library()));
	}

	private static Driver instantiate(String className) {
		try {
			Class<?> type = ClassUtils.forName(className, null);
			return (Driver) type.getDeclaredConstructor().newInstance();
		}
		catch (ReflectiveOperationException | ClassCastException | LinkageError ex) {
			throw new IllegalArgumentException(
					"its driver-class-name '" + className + "' is no JDBC driver on the class path", ex);
		}
	}

	private static ProbeResult check(Driver driver, String url, List<Endpoint> endpoints, JdbcDialect dialect,
			ProbeRequest request, Duration timeLimit) throws Exception {
		Deadline deadline = Deadline.after(timeLimit);
		if (!endpoints.isEmpty()) {
			Endpoint.tryConnectToAny(endpoints, timeLimit);
		}
		try (Connection connection = driver.connect(url, properties(request, dialect, deadline.remaining()))) {
			if (connection == null) {
				return ProbeResult.notYet("the driver does not accept the URL");
			}
			int seconds = (int) Math.max(1, deadline.remaining().toSeconds());
			return connection.isValid(seconds) ? ProbeResult.answered()
					: ProbeResult.notYet("the connection is not valid");
		}
		catch (SQLException ex) {
			return ProbeResult.of(ex, (cause) -> cause instanceof SQLException one
					&& dialect.isRefusal(one.getSQLState(), one.getErrorCode()));
		}
	}

	private static Properties properties(ProbeRequest request, JdbcDialect dialect, Duration timeLimit) {
		Properties properties = new Properties();
		properties.putAll(dialect.limitsFor(timeLimit));
		properties.putAll(request.options());
		properties.remove(DRIVER);
		if (request.credentials().username() != null) {
			properties.setProperty("user", request.credentials().username());
		}
		if (request.credentials().password() != null) {
			properties.setProperty("password", request.credentials().password());
		}
		return properties;
	}

}
