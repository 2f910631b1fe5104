package io.podlifecycle.boot.shutdown;

import java.time.Duration;
import java.util.Map;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.startup.MissingDependencies;
import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.shutdown.GraceBudget;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.shutdown.Participants;
import io.podlifecycle.shutdown.PreStopTask;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.ShutdownSupervisor;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the graceful shutdown.
 * <p>
 * Here and in the others a parameter is called as the bean that it takes: Spring then
 * gets that bean at once, and looks through all bean definitions of the application for
 * its type otherwise.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration
@ConditionalOnShutdown
@EnableConfigurationProperties(PodLifecycleProperties.class)
public final class PodLifecycleAutoConfiguration {

	private static final Duration LONGEST_MARGIN = Duration.ofSeconds(1);

	@Bean
	ShutdownSettings podLifecycleShutdownSettings(PodLifecycleProperties properties, Environment environment,
			ObjectProvider<ValidatedSettings> validated) {
		ValidatedSettings settings = validated.getIfAvailable();
		return (settings != null) ? settings.shutdown()
				: new ShutdownSettingsMapper(properties.getShutdown(), environment).settings();
	}

	@Bean
	@ConditionalOnMissingBean
	InFlight podLifecycleInFlight() {
		return new InFlight(Ticker.system());
	}

	@Bean
	ObservedWork podLifecycleObservedWork(InFlight podLifecycleInFlight) {
		return new ObservedWork(podLifecycleInFlight, new Traffic(Ticker.system()));
	}

	@Bean
	Participants podLifecycleParticipants(ConfigurableApplicationContext context,
			ObjectProvider<Participant> participants, Map<String, PreStopTask> preStopTasks,
			ObjectProvider<Connections> connections) {
		return new Participants(participants.orderedStream().toList(), preStopTasks,
				connections.orderedStream().toList(), Participants.threadPerTask(context.getClassLoader()));
	}

	@Bean
	SupervisedApplication podLifecycleApplication(ConfigurableApplicationContext context) {
		return ApplicationSupervision.of(context).application();
	}

	@Bean
	IrrevocableReadiness podLifecycleReadiness(ConfigurableApplicationContext context,
			SupervisedApplication podLifecycleApplication, ObjectProvider<MissingDependencies> dependencies) {
		return new IrrevocableReadiness(context, podLifecycleApplication.lifecycle(), dependencies);
	}

	@Bean
	@Order(Orders.SHUTDOWN_LOG)
	LoggingShutdownListener podLifecycleLoggingShutdownListener() {
		return new LoggingShutdownListener();
	}

	@Bean
	@Order(Orders.DRAINED_EVENT)
	DrainedEventPublisher podLifecycleDrainedEventPublisher(ApplicationContext context) {
		return new DrainedEventPublisher(context);
	}

	@Bean
	GracefulShutdown podLifecycleGracefulShutdown(ShutdownSettings podLifecycleShutdownSettings,
			SupervisedApplication podLifecycleApplication, IrrevocableReadiness podLifecycleReadiness,
			ObservedWork podLifecycleObservedWork, Participants podLifecycleParticipants,
			ObjectProvider<ShutdownListener> listeners) {
		return new GracefulShutdown(podLifecycleShutdownSettings, podLifecycleApplication.lifecycle(),
				podLifecycleReadiness, podLifecycleObservedWork, podLifecycleParticipants,
				listeners.orderedStream().toList(), Ticker.system(), Sleeper.system(),
				ShutdownSupervisor::isJvmExiting);
	}

	@Bean
	@ConditionalOnMissingBean
	Streams podLifecycleStreams(PodLifecycleProperties properties, ShutdownSettings podLifecycleShutdownSettings,
			SupervisedApplication podLifecycleApplication, Environment environment) {
		GraceBudget budget = podLifecycleShutdownSettings.budget();
		Duration spread = StreamSpread.of(properties.getShutdown().getStreams(), budget, environment);
		return new Streams(spread, () -> streamsTimeout(budget, podLifecycleApplication.sinceTrigger()),
				Streams.daemonThreads(), Ticker.system(), Sleeper.system());
	}

	/**
	 * Streams that are cut off shortly before the end of the drain are not waited for by
	 * what follows.
	 */
	private static Duration streamsTimeout(GraceBudget budget, Duration elapsed) {
		Duration left = budget.untilClose().minus(elapsed);
		Duration drain = (left.compareTo(budget.drainTimeout()) < 0) ? left : budget.drainTimeout();
		Duration margin = drain.dividedBy(10);
		return drain.minus((margin.compareTo(LONGEST_MARGIN) < 0) ? margin : LONGEST_MARGIN);
	}

}
