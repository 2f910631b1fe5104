package io.podlifecycle.warmup;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.Tls;
import io.podlifecycle.time.Ticker;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the warm-up before ready.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "pod-lifecycle.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.startup.enabled", matchIfMissing = true)
@Conditional(OnWarmUpRequestsCondition.class)
@EnableConfigurationProperties(PodLifecycleProperties.class)
public final class PodLifecycleWarmUpAutoConfiguration {

	@Bean(defaultCandidate = false)
	WarmUpRunner podLifecycleWarmUpRunner(PodLifecycleProperties properties, Environment environment) {
		WarmUpSettings settings = WarmUpSettingsMapper.settings(properties.getStartup().getWarmUp());
		String scheme = Tls.isConfigured(Binder.get(environment), "server") ? "https" : "http";
		return new WarmUpRunner(settings, new WarmUp(settings, Ticker.system()), scheme, environment);
	}

}
