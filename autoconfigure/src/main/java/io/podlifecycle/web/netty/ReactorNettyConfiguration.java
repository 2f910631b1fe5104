package io.podlifecycle.web.netty;

import io.podlifecycle.shutdown.SupervisedApplication;
import reactor.netty.http.HttpResources;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Configuration for the connections and event loops of Reactor Netty.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ HttpResources.class, ReactorResourceFactory.class })
class ReactorNettyConfiguration {

	@Bean
	ReactorNettyStopTimeouts podLifecycleReactorNettyStopTimeouts(ConfigurableListableBeanFactory beanFactory) {
		return new ReactorNettyStopTimeouts(beanFactory);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass({ HttpServer.class, NettyReactiveWebServerFactory.class })
	static class ServerConfiguration {

		@Bean
		NettyConnections podLifecycleNettyConnections(SupervisedApplication podLifecycleApplication) {
			return new NettyConnections(podLifecycleApplication::isShuttingDown);
		}

		@Bean
		NettyRequestPeers podLifecycleNettyRequestPeers() {
			return new NettyRequestPeers();
		}

		@Bean
		NettyExchangeConnections podLifecycleNettyExchangeConnections() {
			return new NettyExchangeConnections();
		}

	}

}
