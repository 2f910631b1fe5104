package io.podlifecycle.probe;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.ClassUtils;

/**
 * The JDBC drivers of an application.
 */
final class JdbcDrivers {

	private static final Log logger = LogFactory.getLog(JdbcDrivers.class);

	private JdbcDrivers() {
	}

	/**
	 * Return the driver for a URL. {@link DriverManager} looks for drivers once, which in
	 * a servlet container is before a web application is there.
	 */
	static Optional<Driver> find(String url) {
		try {
			return Optional.of(DriverManager.getDriver(url));
		}
		catch (SQLException ex) {
			return ofApplication(ServiceLoader.load(Driver.class, ClassUtils.getDefaultClassLoader()).iterator(), url);
		}
	}

	/** A driver that cannot be loaded is skipped. */
	private static Optional<Driver> ofApplication(Iterator<Driver> drivers, String url) {
		while (drivers.hasNext()) {
			try {
				Driver driver = drivers.next();
				if (driver.acceptsURL(url)) {
					return Optional.of(driver);
				}
			}
			catch (SQLException | ServiceConfigurationError ex) {
				logger.debug("A JDBC driver cannot be used", ex);
			}
		}
		return Optional.empty();
	}

}
