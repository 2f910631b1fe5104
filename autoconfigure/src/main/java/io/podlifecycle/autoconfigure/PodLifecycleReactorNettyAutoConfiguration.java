package io.podlifecycle.autoconfigure;

import io.podlifecycle.web.netty.NettyConnections;
import io.podlifecycle.web.netty.NettyExchangeConnections;
import io.podlifecycle.web.netty.NettyKeepAliveDisabler;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the connections of an embedded
 * Reactor Netty.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ HttpServer.class, NettyReactiveWebServerFactory.class })
@ConditionalOnShutdown
public final class PodLifecycleReactorNettyAutoConfiguration {

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
	NettyKeepAliveDisabler podLifecycleNettyKeepAliveDisabler() {
		return new NettyKeepAliveDisabler();
	}

	@Bean
	NettyExchangeConnections podLifecycleNettyExchangeConnections() {
		return new NettyExchangeConnections();
	}

}
