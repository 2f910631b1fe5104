package io.podlifecycle.web.tomcat;

import java.util.concurrent.Executor;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.ProtocolHandler;

import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/**
 * Has the tasks of a connector counted that was given an executor, such as that of
 * virtual threads. Tomcat's own pool of threads counts them itself.
 *
 * @since 0.1.0
 */
final class CountTasks implements TomcatConnectorCustomizer {

	@Override
	public void customize(Connector connector) {
		ProtocolHandler protocol = connector.getProtocolHandler();
		Executor given = protocol.getExecutor();
		if (given != null) {
			protocol.setExecutor(new CountingExecutor(given));
		}
	}

}
