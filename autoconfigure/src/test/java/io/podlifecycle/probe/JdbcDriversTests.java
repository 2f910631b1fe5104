package io.podlifecycle.probe;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JdbcDriversTests {

	@Test
	void findsADriverThatDriverManagerDoesNotSee(@TempDir Path directory) throws Exception {
		assertThat(DriverManager.getDrivers().hasMoreElements()).isTrue();
		Files.writeString(Files.createDirectories(directory.resolve("META-INF/services")).resolve("java.sql.Driver"),
				"com.example.MissingDriver\n" + LateDriver.class.getName() + "\n");
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader application = new URLClassLoader(new URL[] { directory.toUri().toURL() }, before)) {
			thread.setContextClassLoader(application);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> DriverManager.getDriver("jdbc:late:x"));
			assertThat(JdbcDrivers.find("jdbc:late:x")).containsInstanceOf(LateDriver.class);
			assertThat(JdbcDrivers.find("jdbc:strange:x")).isEmpty();
		}
		finally {
			thread.setContextClassLoader(before);
		}
		assertThat(JdbcDrivers.find("jdbc:late:x")).isEmpty();
	}

	/** Registers with nobody. */
	public static final class LateDriver implements Driver {

		@Override
		public boolean acceptsURL(String url) {
			return url.startsWith("jdbc:late:");
		}

		@Override
		public Connection connect(String url, Properties info) {
			throw new UnsupportedOperationException();
		}

		@Override
		public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
			return new DriverPropertyInfo[0];
		}

		@Override
		public int getMajorVersion() {
			return 1;
		}

		@Override
		public int getMinorVersion() {
			return 0;
		}

		@Override
		public boolean jdbcCompliant() {
			return false;
		}

		@Override
		public Logger getParentLogger() {
			throw new UnsupportedOperationException();
		}

	}

}
