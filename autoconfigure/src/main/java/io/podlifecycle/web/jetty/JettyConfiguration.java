package io.podlifecycle.web.jetty;

import org.eclipse.jetty.ee11.servlet.ServletApiRequest;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.server.Server;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration for the connections of an embedded Jetty.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnClass({ JettyWebServer.class, Server.class, WebServerApplicationContext.class })
class JettyConfiguration {

	@Bean
	JettyConnections podLifecycleJettyConnections(ApplicationContext context,
			ObjectProvider<GoAwaySender> goAwaySender) {
		return new JettyConnections(context, goAwaySender.getIfAvailable(() -> (connection) -> {
		}));
	}

	@Bean
	@ConditionalOnClass(ServletApiRequest.class)
	JettyRequestPeers podLifecycleJettyRequestPeers() {
		return new JettyRequestPeers();
	}

	@Bean
	JettyStopTimeouts podLifecycleJettyStopTimeouts(ApplicationContext context) {
		return new JettyStopTimeouts(context);
	}

	/**
	 * For HTTP/2, which needs a library of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HTTP2Connection.class)
	static class Http2Configuration {

		@Bean
		Http2GoAwaySender podLifecycleJettyGoAwaySender() {
			return new Http2GoAwaySender();
		}

	}

}
