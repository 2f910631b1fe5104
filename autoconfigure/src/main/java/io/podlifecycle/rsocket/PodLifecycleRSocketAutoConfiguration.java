package io.podlifecycle.rsocket;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.work.ObservedWork;
import io.rsocket.core.RSocketServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.rsocket.server.RSocketServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Fallback;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for RSocket servers.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class,
		afterName = "org.springframework.boot.rsocket.autoconfigure.RSocketServerAutoConfiguration")
@ConditionalOnClass({ RSocketServer.class, RSocketServerCustomizer.class })
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.rsocket.enabled", matchIfMissing = true)
@ConditionalOnShutdown
@Conditional(OnRSocketServerCondition.class)
public final class PodLifecycleRSocketAutoConfiguration {

	@Bean
	@Fallback
	RSocketServers podLifecycleRSocketServers(ObservedWork podLifecycleObservedWork, PodLifecycleProperties properties,
			ObjectProvider<Streams> streams) {
		return new RSocketServers(podLifecycleObservedWork,
				properties.getShutdown().getStreams().isEnabled() ? streams.getIfAvailable() : null);
	}

}
