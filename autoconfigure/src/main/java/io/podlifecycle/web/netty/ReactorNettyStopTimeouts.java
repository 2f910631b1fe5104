package io.podlifecycle.web.netty;

import java.time.Duration;

import io.podlifecycle.shutdown.StopTimeouts;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.netty.http.HttpResources;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * How long Reactor Netty's event loops, of a server or of a client, go on after the last
 * task. Spring then waits without a limit for an event loop that is blocked.
 *
 * @since 0.1.0
 */
final class ReactorNettyStopTimeouts implements StopTimeouts {

	private static final Log logger = LogFactory.getLog(ReactorNettyStopTimeouts.class);

	private final ConfigurableListableBeanFactory beanFactory;

	/**
	 * Create a view on the timeouts.
	 * @param beanFactory knows the resources of Reactor Netty
	 */
	public ReactorNettyStopTimeouts(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void lowerTo(Duration limit) {
		for (String name : this.beanFactory.getBeanNamesForType(ReactorResourceFactory.class, false, false)) {
			if (this.beanFactory.getSingleton(name) instanceof ReactorResourceFactory resources) {
				resources.setShutdownQuietPeriod(Duration.ZERO);
				if (resources.isUseGlobalResources()) {
					stopBefore(name, resources, limit);
				}
				else if (resources.isRunning()) {
					resources.setLoopResources(new BoundedLoopResources(resources.getLoopResources(), limit));
					resources
						.setConnectionProvider(new BoundedConnectionProvider(resources.getConnectionProvider(), limit));
				}
			}
		}
	}

	/** What depends on a bean is stopped just before it. */
	private void stopBefore(String name, ReactorResourceFactory resources, Duration limit) {
		String ours = "podLifecycleStopBefore_" + name;
		this.beanFactory.registerSingleton(ours, new EventLoopStop(resources, limit));
		this.beanFactory.registerDependentBean(name, ours);
	}

	/**
	 * Stops the event loops, and leaves one that is blocked alone.
	 */
	private record EventLoopStop(ReactorResourceFactory resources, Duration limit) implements SmartLifecycle {

		@Override
		public void start() {
		}

		@Override
		public void stop() {
			try {
				HttpResources.disposeLoopsAndConnectionsLater(Duration.ZERO, this.limit).block(this.limit);
			}
			catch (IllegalStateException ex) {
				logger.debug("An event loop is blocked", ex);
			}
		}

		@Override
		public boolean isRunning() {
			return this.resources.isRunning();
		}

		@Override
		public int getPhase() {
			return this.resources.getPhase();
		}

	}

}
