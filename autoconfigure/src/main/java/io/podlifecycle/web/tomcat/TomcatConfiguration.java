package io.podlifecycle.web.tomcat;

import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import org.apache.coyote.AbstractProtocol;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration for the connections of an embedded Tomcat.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnClass({ TomcatWebServer.class, AbstractProtocol.class, WebServerApplicationContext.class })
class TomcatConfiguration {

	@Bean
	TomcatConnections podLifecycleTomcatConnections(ApplicationContext context) {
		return new TomcatConnections(context);
	}

	@Bean
	ResponseFlushLifecycle podLifecycleResponseFlushLifecycle(TomcatConnections podLifecycleTomcatConnections,
			InFlight podLifecycleInFlight) {
		return new ResponseFlushLifecycle(podLifecycleTomcatConnections, podLifecycleInFlight, Ticker.system(),
				Sleeper.system());
	}

	@Bean
	TomcatRequestPeers podLifecycleTomcatRequestPeers() {
		return new TomcatRequestPeers();
	}

	@Bean
	TomcatStopTimeouts podLifecycleTomcatStopTimeouts(ApplicationContext context) {
		return new TomcatStopTimeouts(context);
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> podLifecycleTomcatCustomizer(
			SupervisedApplication podLifecycleApplication) {
		return (factory) -> factory.addConnectorCustomizers(new GracefulGoAway(), new CountTasks(),
				ConnectionCloseAdapter.customizer(podLifecycleApplication::isShuttingDown));
	}

}
