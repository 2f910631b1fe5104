package io.podlifecycle.web.tomcat;

import java.util.function.BooleanSupplier;

import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;

import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/**
 * Asks the clients of requests that no filter sees to close their connections, too: what
 * Tomcat answers itself, such as {@code OPTIONS *}, or a path outside of the application.
 */
final class ConnectionCloseAdapter extends CoyoteAdapter {

	private final BooleanSupplier quiescing;

	private ConnectionCloseAdapter(Connector connector, BooleanSupplier quiescing) {
		super(connector);
		this.quiescing = quiescing;
	}

	/** A connector makes the adapter that this one replaces when it is initialized. */
	static TomcatConnectorCustomizer customizer(BooleanSupplier quiescing) {
		return (connector) -> connector.addLifecycleListener((event) -> {
			if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
				connector.getProtocolHandler().setAdapter(new ConnectionCloseAdapter(connector, quiescing));
			}
		});
	}

	/** The answer to a WebSocket handshake replaces the header. */
	@Override
	public void service(Request request, Response response) throws Exception {
		if (this.quiescing.getAsBoolean() && request.protocol().startsWithIgnoreCase("HTTP/1.", 0)) {
			response.setHeader("Connection", "close");
		}
		super.service(request, response);
	}

}
