package io.podlifecycle.web.jetty;

import java.time.Duration;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class JettyStopTimeoutsTests {

	private static final Duration LIMIT = Duration.ofMillis(200);

	private final JettyServletWebServerFactory factory = new JettyServletWebServerFactory(0);

	private final ServletWebServerApplicationContext context = new ServletWebServerApplicationContext();

	private final JettyStopTimeouts timeouts = new JettyStopTimeouts(this.context);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void areLowered() {
		this.factory.addServerCustomizers((server) -> server.setStopTimeout(10_000));
		Server server = start();
		assertThat(threads(server).getStopTimeout()).isEqualTo(5000);
		this.timeouts.lowerTo(LIMIT);
		assertThat(server.getStopTimeout()).isZero();
		assertThat(threads(server).getStopTimeout()).isEqualTo(200);
	}

	@Test
	void areNotRaised() {
		this.factory.addServerCustomizers((server) -> server.setStopTimeout(150),
				(server) -> threads(server).setStopTimeout(100));
		Server server = start();
		this.timeouts.lowerTo(LIMIT);
		assertThat(server.getStopTimeout()).isEqualTo(150);
		assertThat(threads(server).getStopTimeout()).isEqualTo(100);
	}

	private Server start() {
		this.context.registerBean("factory", JettyServletWebServerFactory.class, () -> this.factory);
		this.context.refresh();
		assertThat(this.context.getWebServer()).isInstanceOf(JettyWebServer.class);
		return ((JettyWebServer) this.context.getWebServer()).getServer();
	}

	private static QueuedThreadPool threads(Server server) {
		return (QueuedThreadPool) server.getThreadPool();
	}

}
