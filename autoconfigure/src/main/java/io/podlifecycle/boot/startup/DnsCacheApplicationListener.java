package io.podlifecycle.boot.startup;

import java.util.HashMap;

import io.podlifecycle.boot.Activation;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.EarlyProperties;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.dependency.DnsCache;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Shortens the JVM's DNS cache for a wait, as soon as the properties are known: after
 * Boot's environment post-processors, and before the logging system, whose appenders may
 * look up a name.
 */
final class DnsCacheApplicationListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final Log logger = LogFactory.getLog(DnsCacheApplicationListener.class);

	@Override
	public int getOrder() {
		return Orders.DNS_CACHE_LISTENER;
	}

	/** What is wrong with a property is told later, when there is a logging system. */
	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		try {
			shorten(event);
		}
		catch (RuntimeException ex) {
			logger.debug("The DNS cache is left as it is", ex);
		}
	}

	private static void shorten(ApplicationEnvironmentPreparedEvent event) {
		if (!Activation.ofStartup(event.getEnvironment())) {
			return;
		}
		StartupProperties.DnsCache dnsCache = EarlyProperties.bind(event.getEnvironment(),
				"pod-lifecycle.startup.dns-cache", new StartupProperties.DnsCache());
		if (dnsCache.isEnabled() && !EarlyProperties
			.bind(event.getEnvironment(), "pod-lifecycle.startup.dependencies", new HashMap<String, Object>())
			.isEmpty()) {
			DnsCache.shorten(Durations.notNegative("pod-lifecycle.startup.dns-cache.ttl", dnsCache.getTtl()),
					Durations.notNegative("pod-lifecycle.startup.dns-cache.negative-ttl", dnsCache.getNegativeTtl()));
		}
	}

}
