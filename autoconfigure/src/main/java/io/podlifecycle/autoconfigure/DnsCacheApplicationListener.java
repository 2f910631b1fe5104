package io.podlifecycle.autoconfigure;

import io.podlifecycle.dependency.DnsCache;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Shortens the JVM's DNS cache for a wait, as soon as the properties are known: after
 * Boot's environment post-processors, and before the logging system, whose appenders may
 * look up a name.
 */
final class DnsCacheApplicationListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 15;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		if (!Activation.ofStartup(event.getEnvironment())) {
			return;
		}
		StartupProperties properties = EarlyProperties.bind(event.getEnvironment(), "pod-lifecycle.startup",
				new StartupProperties());
		StartupProperties.DnsCache dnsCache = properties.getDnsCache();
		boolean mayWait = properties.isDiscover() || !properties.getDependencies().isEmpty();
		if (dnsCache.isEnabled() && mayWait) {
			DnsCache.shorten(Durations.notNegative("pod-lifecycle.startup.dns-cache.ttl", dnsCache.getTtl()),
					Durations.notNegative("pod-lifecycle.startup.dns-cache.negative-ttl", dnsCache.getNegativeTtl()));
		}
	}

}
