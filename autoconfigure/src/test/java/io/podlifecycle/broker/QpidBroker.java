package io.podlifecycle.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.podlifecycle.rehearsal.process.FreePort;
import org.apache.qpid.server.SystemLauncher;

/**
 * A broker that speaks AMQP 0-9-1, as RabbitMQ does; its user and password are
 * {@code guest}.
 */
public final class QpidBroker implements AutoCloseable {

	private static final String CONFIGURATION = """
			{
			  "name": "broker",
			  "modelVersion": "9.1",
			  "authenticationproviders": [ {
			    "name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
			    "users": [ { "name": "guest", "password": "guest", "type": "managed" } ]
			  } ],
			  "ports": [ {
			    "name": "amqp", "authenticationProvider": "plain", "bindingAddress": "127.0.0.1", "port": "${broker.port}",
			    "protocols": [ "AMQP_0_9_1" ],
			    "virtualhostaliases": [ { "name": "default", "type": "defaultAlias" },
			      { "name": "name", "type": "nameAlias" } ]
			  } ],
			  "virtualhostnodes": [ {
			    "name": "fortunes", "type": "Memory", "defaultVirtualHostNode": "true",
			    "virtualHostInitialConfiguration": "{ \\"type\\": \\"Memory\\" }"
			  } ]
			}
			""";

	private final SystemLauncher launcher = new SystemLauncher();

	private final int port = FreePort.next();

	private QpidBroker() {
	}

	public static QpidBroker start(Path folder) throws Exception {
		QpidBroker broker = new QpidBroker();
		Path configuration = folder.resolve("broker.json");
		Files.writeString(configuration, CONFIGURATION);
		broker.launcher.startup(Map.of("type", "Memory", "initialConfigurationLocation", configuration.toString(),
				"context", Map.of("qpid.work_dir", folder.toString(), "broker.port", String.valueOf(broker.port)),
				"startupLoggedToSystemOut", "false"));
		return broker;
	}

	public int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.launcher.shutdown();
	}

}
