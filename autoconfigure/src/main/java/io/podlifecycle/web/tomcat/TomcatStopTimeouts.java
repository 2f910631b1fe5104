package io.podlifecycle.web.tomcat;

import java.time.Duration;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.StopTimeouts;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/**
 * How long a Tomcat that stops waits for its threads, and for the requests that a servlet
 * still serves.
 *
 * @since 0.1.0
 */
final class TomcatStopTimeouts implements StopTimeouts {

	private static final String TERMINATION = "executorTerminationTimeoutMillis";

	private static final long DEFAULT_TERMINATION = 5000;

	/**
	 * Tomcat waits in steps of a 20th of the delay; a step of 0 ms is a wait without a
	 * limit.
	 */
	private static final long SHORTEST_UNLOAD_DELAY = 20;

	private final ApplicationContext context;

	/**
	 * Create a view on the timeouts.
	 * @param context the context of the web server
	 */
	public TomcatStopTimeouts(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void lowerTo(Duration limit) {
		if (this.context instanceof WebServerApplicationContext webContext
				&& webContext.getWebServer() instanceof TomcatWebServer server) {
			Stream.of(server.getTomcat().getService().findConnectors())
				.forEach((connector) -> lowerTermination(connector, limit.toMillis()));
			Stream.of(server.getTomcat().getHost().findChildren())
				.filter(StandardContext.class::isInstance)
				.map(StandardContext.class::cast)
				.forEach((application) -> lowerUnloadDelay(application, limit.toMillis()));
		}
	}

	private static void lowerTermination(Connector connector, long limit) {
		Object configured = connector.getProperty(TERMINATION);
		long timeout = (configured != null) ? Long.parseLong(configured.toString()) : DEFAULT_TERMINATION;
		if (timeout > limit) {
			connector.setProperty(TERMINATION, Long.toString(limit));
		}
	}

	/** A servlet takes its delay from the application when it is added to it. */
	private static void lowerUnloadDelay(StandardContext application, long limit) {
		if (application.getUnloadDelay() > limit) {
			application.setUnloadDelay(Math.max(limit, SHORTEST_UNLOAD_DELAY));
			for (Container servlet : application.findChildren()) {
				servlet.setParent(application);
			}
		}
	}

}
