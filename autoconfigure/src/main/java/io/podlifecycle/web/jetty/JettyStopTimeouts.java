package io.podlifecycle.web.jetty;

import java.time.Duration;

import io.podlifecycle.shutdown.StopTimeouts;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/**
 * How long a Jetty that stops waits for its requests, and for its threads.
 *
 * @since 0.1.0
 */
final class JettyStopTimeouts implements StopTimeouts {

	private final ApplicationContext context;

	/**
	 * Create a view on the timeouts.
	 * @param context the context of the web server
	 */
	public JettyStopTimeouts(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void lowerTo(Duration limit) {
		if (this.context instanceof WebServerApplicationContext webContext
				&& webContext.getWebServer() instanceof JettyWebServer server) {
			lower(server.getServer(), limit.toMillis());
		}
	}

	/** A server that waits itself gives its threads a second at least. */
	private static void lower(Server server, long limit) {
		if (server.getStopTimeout() > limit) {
			server.setStopTimeout(0);
		}
		if (server.getThreadPool() instanceof QueuedThreadPool threads && threads.getStopTimeout() > limit) {
			threads.setStopTimeout(limit);
		}
	}

}
