package io.podlifecycle.boot.startup;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.OnClose;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyMonitor;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.DependencyWait;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Holds up readiness, and nothing else, until each of some dependencies has answered
 * once. They are tried in the background from the end of the refresh on, until then or
 * until the context closes. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class HealthReadinessGate
		implements MissingDependencies, DependencyMonitor, ApplicationListener<ContextRefreshedEvent> {

	private static final Log logger = LogFactory.getLog(HealthReadinessGate.class);

	private final List<Dependency> dependencies;

	private final ConfigurableApplicationContext context;

	private final Duration reminderInterval;

	private final DependencyWait wait;

	private boolean started;

	/**
	 * Create a gate, which is closed; nothing is tried yet.
	 * @param dependencies what has to answer
	 * @param reminderInterval how often the log says at first what is missing
	 * @param context the context that is about to be refreshed
	 */
	public HealthReadinessGate(List<Dependency> dependencies, Duration reminderInterval,
			ConfigurableApplicationContext context) {
		this.reminderInterval = reminderInterval;
		this.dependencies = List.copyOf(dependencies);
		this.context = context;
		this.wait = StartupWait.waitFor(this.dependencies, LoggingWaitListener.ofReadiness());
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext() == this.context && !this.started) {
			this.started = true;
			logger.info("Not ready before the first answer of "
					+ this.dependencies.stream().map(Object::toString).collect(Collectors.joining(", ")));
			this.wait.start(this.reminderInterval);
			this.context.addApplicationListener(new OnClose(this.context, this::close));
		}
	}

	@Override
	public List<DependencyOutcome> missing() {
		return this.wait.missing();
	}

	@Override
	public Map<String, Boolean> answers() {
		return this.wait.answers();
	}

	@Override
	public List<DependencyOutcome> outcomes() {
		return this.wait.outcomes();
	}

	@Override
	public void close() {
		this.wait.close();
	}

}
