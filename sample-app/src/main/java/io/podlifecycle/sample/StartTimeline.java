package io.podlifecycle.sample;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Remembers when this application reached what, for the live page. It is there before the
 * first bean, since most of a start happens before. Safe for use by several threads.
 */
class StartTimeline implements ApplicationListener<ApplicationEvent>, Ordered {

	private final Map<String, Long> milestones = new LinkedHashMap<>();

	StartTimeline() {
		reached("jvm", ManagementFactory.getRuntimeMXBean().getStartTime());
	}

	/** Before the library's own listener, which waits. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationPreparedEvent prepared) {
			reached("prepared", event.getTimestamp());
			prepared.getApplicationContext().getBeanFactory().registerSingleton("startTimeline", this);
		}
		else if (event instanceof WebServerInitializedEvent) {
			reached("listening", event.getTimestamp());
		}
		else if (event instanceof AvailabilityChangeEvent<?> change
				&& change.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			reached("ready", event.getTimestamp());
		}
	}

	/** The first time counts. */
	private synchronized void reached(String milestone, long time) {
		this.milestones.putIfAbsent(milestone, time);
	}

	/** Return the milestones so far, each with its time in milliseconds since 1970. */
	synchronized Map<String, Long> milestones() {
		return new LinkedHashMap<>(this.milestones);
	}

}
