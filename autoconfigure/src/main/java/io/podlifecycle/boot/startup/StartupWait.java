package io.podlifecycle.boot.startup;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.boot.OnClose;
import io.podlifecycle.boot.OnTimeout;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyMonitor;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.DependencyWait;
import io.podlifecycle.dependency.DependencyWatches;
import io.podlifecycle.dependency.WaitListener;
import io.podlifecycle.dependency.WaitResult;
import io.podlifecycle.time.DurationText;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.metrics.ApplicationStartup;
import org.springframework.core.metrics.StartupStep;

/**
 * The wait for the dependencies of an application, before its context is refreshed.
 * SIGTERM needs no care here: the JVM exits under the waiting thread.
 *
 * @since 0.1.0
 */
@Internal
public final class StartupWait {

	/** The name of the bean that tells what is missing after a start without it. */
	private static final String MISSING_BEAN = "podLifecycleMissingDependencies";

	/** The name of the bean that tells what is missing of the dependencies watched. */
	private static final String WATCHED_BEAN = "podLifecycleWatchedDependencies";

	/** What follows the name of such a bean in that of the one that goes on trying. */
	private static final String TRIES = "Tries";

	/** The name of the wait among the steps of an {@link ApplicationStartup}. */
	private static final String STARTUP_STEP = "pod-lifecycle.dependencies.await";

	private static final Log logger = LogFactory.getLog(StartupWait.class);

	private final StartupSettings settings;

	private final @Nullable DependencyWait wait;

	/**
	 * Prepare a wait; nothing is tried yet.
	 * @param settings what to wait for, and how
	 */
	public StartupWait(StartupSettings settings) {
		this.settings = settings;
		// What waits is not even loaded where there is nothing to wait for.
		this.wait = settings.dependencies().isEmpty() ? null
				: waitFor(settings.dependencies(), LoggingWaitListener.ofStart());
		if (this.wait != null && settings.endOnRefusal()) {
			this.wait.endingOnRefusal();
		}
	}

	/**
	 * Return what did not answer so far.
	 * @return the missing dependencies
	 */
	public List<DependencyOutcome> missing() {
		return (this.wait != null) ? this.wait.missing() : List.of();
	}

	/**
	 * Return how far the wait has come, or had come when it ended.
	 * @return one outcome for each dependency that the start waits for
	 */
	public List<DependencyOutcome> outcomes() {
		return (this.wait != null) ? this.wait.outcomes() : List.of();
	}

	/**
	 * Wait, if there is something to wait for. If required dependencies do not answer in
	 * time, and the settings say to start unready, the tries go on in the background
	 * until the context closes.
	 * @param context the context that is about to be refreshed
	 * @return whether tries go on in the background until the context closes
	 * @throws DependenciesMissingException if required dependencies do not answer in time
	 */
	public boolean await(ConfigurableApplicationContext context) {
		boolean goesOn = awaitDependencies(context);
		if (!this.settings.watched().isEmpty()) {
			DependencyMonitor watches = DependencyWatches.start(this.settings.watched(), Ticker.system(),
					Sleeper.system(), () -> ThreadLocalRandom.current().nextDouble(), this.settings.progressInterval(),
					new LoggingWatchListener());
			register(WATCHED_BEAN, watches, context);
			goesOn = true;
		}
		return goesOn;
	}

	private boolean awaitDependencies(ConfigurableApplicationContext context) {
		if (this.wait == null) {
			return false;
		}
		WaitResult result = waitInStep(this.wait, context.getApplicationStartup());
		List<DependencyOutcome> unavailable = result.unavailable();
		if (unavailable.isEmpty()) {
			logger
				.info("Done waiting after " + DurationText.seconds(result.elapsed()) + unavailableOptionalOnes(result));
			return false;
		}
		if (this.settings.onTimeout() == OnTimeout.FAIL) {
			throw new DependenciesMissingException(result);
		}
		logger.warn("Starting unready after " + DurationText.seconds(result.elapsed()) + " without "
				+ String.join("; ", unavailable.stream().map(Text::describe).toList()));
		keepTrying(unavailable, context);
		return true;
	}

	private WaitResult waitInStep(DependencyWait wait, ApplicationStartup startup) {
		StartupStep step = Attempt.get(STARTUP_STEP, () -> startup.start(STARTUP_STEP));
		WaitResult result = wait.await(this.settings.timeout(), this.settings.progressInterval());
		if (step != null) {
			Attempt.run(STARTUP_STEP, () -> end(step, result));
		}
		return result;
	}

	private static void end(StartupStep step, WaitResult result) {
		result.outcomes().forEach((outcome) -> step.tag(outcome.dependency().name(), Text.progress(outcome)));
		step.end();
	}

	private static String unavailableOptionalOnes(WaitResult result) {
		List<String> without = result.outcomes()
			.stream()
			.filter((outcome) -> !outcome.isAnswered())
			.map(Text::describe)
			.toList();
		return without.isEmpty() ? "" : ", without the optional " + String.join("; ", without);
	}

	private void keepTrying(List<DependencyOutcome> unavailable, ConfigurableApplicationContext context) {
		List<Dependency> dependencies = unavailable.stream()
			.map((outcome) -> outcome.dependency().withTimeout(Dependency.NO_TIMEOUT))
			.toList();
		DependencyMonitor background = waitFor(dependencies, LoggingWaitListener.ofReadiness())
			.start(this.settings.progressInterval());
		register(MISSING_BEAN, background, context);
	}

	private static void register(String name, DependencyMonitor tries, ConfigurableApplicationContext context) {
		MissingDependencies missing = tries::missing;
		context.getBeanFactory().registerSingleton(name, missing);
		context.getBeanFactory().registerSingleton(name + TRIES, tries);
		context.addApplicationListener(new OnClose(context, tries::close));
	}

	static DependencyWait waitFor(List<Dependency> dependencies, WaitListener listener) {
		return new DependencyWait(dependencies, Ticker.system(), Sleeper.system(),
				() -> ThreadLocalRandom.current().nextDouble(), listener);
	}

}
