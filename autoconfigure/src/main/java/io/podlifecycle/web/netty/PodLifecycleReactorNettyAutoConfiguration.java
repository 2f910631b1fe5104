package io.podlifecycle.web.netty;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import reactor.netty.http.HttpResources;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for Reactor Netty: the event loops
 * of any server or client, and the connections of an embedded server.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnClass({ HttpResources.class, ReactorResourceFactory.class })
@ConditionalOnShutdown
public final class PodLifecycleReactorNettyAutoConfiguration {

	@Bean
	ReactorNettyStopTimeouts podLifecycleReactorNettyStopTimeouts(ConfigurableListableBeanFactory beanFactory) {
		return new ReactorNettyStopTimeouts(beanFactory);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass({ HttpServer.class, NettyReactiveWebServerFactory.class })
	static class ServerConfiguration {

		@Bean
		NettyConnections podLifecycleNettyConnections() {
			return new NettyConnections();
		}

		@Bean
		WebServerFactoryCustomizer<NettyReactiveWebServerFactory> podLifecycleNettyCustomizer(
				NettyConnections podLifecycleNettyConnections) {
			return (factory) -> factory.addServerCustomizers(podLifecycleNettyConnections);
		}

		@Bean
		NettyExchangeConnections podLifecycleNettyExchangeConnections() {
			return new NettyExchangeConnections();
		}

	}

}
