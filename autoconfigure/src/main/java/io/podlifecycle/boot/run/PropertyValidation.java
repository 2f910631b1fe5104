package io.podlifecycle.boot.run;

import io.podlifecycle.boot.Activation;
import io.podlifecycle.boot.Backoffs;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.EarlyProperties;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.ShutdownProperties;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.boot.UnknownPropertyCheck;
import io.podlifecycle.boot.shutdown.ShutdownSettingsMapper;
import io.podlifecycle.boot.shutdown.StreamSpread;
import io.podlifecycle.boot.shutdown.ValidatedSettings;
import io.podlifecycle.shutdown.GraceBudget;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.warmup.WarmUpSettingsMapper;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Binds and checks all properties before anything waits, and when there is a logging
 * system to tell of what is wrong.
 */
final class PropertyValidation {

	private static final String PREFIX = "pod-lifecycle.";

	private PropertyValidation() {
	}

	/**
	 * Bind and check the properties of an application.
	 * @param context its context, which is not refreshed yet
	 * @return the properties, or their defaults where nothing is set
	 */
	static PodLifecycleProperties validate(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (!Activation.isOfApplication(environment) || !EarlyProperties.isSet(environment, "pod-lifecycle")) {
			return new PodLifecycleProperties();
		}
		PodLifecycleProperties properties = new UnknownPropertyCheck(environment).bind();
		validate(properties.getStartup());
		if (properties.getShutdown().isEnabled()) {
			ShutdownSettings settings = new ShutdownSettingsMapper(properties.getShutdown(), environment).settings();
			validate(properties.getShutdown().getStreams(), settings.budget(), environment);
			context.getBeanFactory().registerSingleton(ValidatedSettings.BEAN, new ValidatedSettings(settings));
		}
		return properties;
	}

	/** Where a spread that is too long is only a WARN, that is for the bean. */
	private static void validate(ShutdownProperties.Streams streams, GraceBudget budget,
			ConfigurableEnvironment environment) {
		Durations.notNegative(PREFIX + "shutdown.streams.spread", streams.getSpread());
		if (CloudPlatform.KUBERNETES.isActive(environment)) {
			StreamSpread.of(streams, budget, environment);
		}
	}

	private static void validate(StartupProperties startup) {
		Durations.positive(PREFIX + "startup.timeout", startup.getTimeout());
		Durations.positive(PREFIX + "startup.probe-timeout", startup.getProbeTimeout());
		Durations.positive(PREFIX + "startup.progress-interval", startup.getProgressInterval());
		StartupProperties.Backoff backoff = startup.getBackoff();
		Backoffs.of(PREFIX + "startup.backoff", backoff.getDelay(), backoff.getMultiplier(), backoff.getMaxDelay(),
				backoff.getJitter());
		Durations.notNegative(PREFIX + "startup.dns-cache.ttl", startup.getDnsCache().getTtl());
		Durations.notNegative(PREFIX + "startup.dns-cache.negative-ttl", startup.getDnsCache().getNegativeTtl());
		Durations.positive(PREFIX + "startup.early-probes.max-time", startup.getEarlyProbes().getMaxTime());
		WarmUpSettingsMapper.settings(startup.getWarmUp());
	}

}
