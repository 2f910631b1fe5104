package io.podlifecycle.web.tomcat;

import java.time.Duration;

import jakarta.servlet.http.HttpServlet;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

import static org.assertj.core.api.Assertions.assertThat;

class TomcatStopTimeoutsTests {

	private static final Duration LIMIT = Duration.ofMillis(200);

	private final TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);

	private final ServletWebServerApplicationContext context = new ServletWebServerApplicationContext();

	private final TomcatStopTimeouts timeouts = new TomcatStopTimeouts(this.context);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void areLowered() {
		start();
		assertThat(termination()).isEqualTo(5000);
		assertThat(unloadDelay()).isEqualTo(2000);
		this.timeouts.lowerTo(LIMIT);
		assertThat(termination()).isEqualTo(200);
		assertThat(unloadDelay()).isEqualTo(200);
	}

	@Test
	void areNotRaised() {
		this.factory
			.addConnectorCustomizers((connector) -> connector.setProperty("executorTerminationTimeoutMillis", "100"));
		this.factory.addContextCustomizers(
				(application) -> new DirectFieldAccessor(application).setPropertyValue("unloadDelay", 100));
		start();
		this.timeouts.lowerTo(LIMIT);
		assertThat(termination()).isEqualTo(100);
		assertThat(unloadDelay()).isEqualTo(100);
	}

	/** A 20th part of it is what Tomcat waits for at a time, and for zero it waits on. */
	@Test
	void tomcatNeverWaitsWithoutALimit() {
		start();
		this.timeouts.lowerTo(Duration.ZERO);
		assertThat(unloadDelay()).isEqualTo(20);
	}

	@Test
	void withoutAServerThereAreNone() {
		this.timeouts.lowerTo(LIMIT);
		assertThat(this.context.getWebServer()).isNull();
	}

	private void start() {
		this.context.registerBean("factory", TomcatServletWebServerFactory.class, () -> this.factory);
		this.context.registerBean("servlet", ServletRegistrationBean.class,
				() -> new ServletRegistrationBean<>(new HttpServlet() {
				}, "/"));
		this.context.refresh();
	}

	private long termination() {
		Connector connector = server().getTomcat().getConnector();
		return (long) field(connector.getProtocolHandler(), "endpoint.executorTerminationTimeoutMillis");
	}

	private long unloadDelay() {
		Container application = server().getTomcat().getHost().findChildren()[0];
		Container servlet = application.findChildren()[0];
		return (long) field(servlet, "unloadDelay");
	}

	private TomcatWebServer server() {
		assertThat(this.context.getWebServer()).isInstanceOf(TomcatWebServer.class);
		return (TomcatWebServer) this.context.getWebServer();
	}

	private static Object field(Object object, String path) {
		Object value = new DirectFieldAccessor(object).getPropertyValue(path);
		assertThat(value).as(path).isNotNull();
		return value;
	}

}
