package io.podlifecycle.autoconfigure;

import java.util.Map;

import io.podlifecycle.context.DrainedEventPublisher;
import io.podlifecycle.context.HaltListener;
import io.podlifecycle.context.LastWords;
import io.podlifecycle.context.LoggingShutdownListener;
import io.podlifecycle.context.ShutdownDeadline;
import io.podlifecycle.context.ShutdownDoors;
import io.podlifecycle.context.StickyReadiness;
import io.podlifecycle.drain.Connections;
import io.podlifecycle.drain.InFlight;
import io.podlifecycle.drain.ObservedWork;
import io.podlifecycle.drain.Participant;
import io.podlifecycle.drain.Participants;
import io.podlifecycle.drain.PreStopTask;
import io.podlifecycle.drain.ShutdownListener;
import io.podlifecycle.drain.ShutdownListeners;
import io.podlifecycle.drain.ShutdownSequence;
import io.podlifecycle.drain.ShutdownSettings;
import io.podlifecycle.drain.Traffic;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the shutdown sequence and its
 * doors.
 * <p>
 * Here and in the others a parameter is called as the bean that it takes: Spring then
 * gets that bean at once, and looks through all bean definitions of the application for
 * its type otherwise.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnShutdown
@EnableConfigurationProperties(PodLifecycleProperties.class)
public final class PodLifecycleAutoConfiguration {

	@Bean
	ShutdownSettings podLifecycleShutdownSettings(PodLifecycleProperties properties, Environment environment) {
		return new ShutdownSettingsMapper(properties.getShutdown(), environment).settings();
	}

	@Bean
	ObservedWork podLifecycleObservedWork() {
		return new ObservedWork(new InFlight(Ticker.system()), new Traffic(Ticker.system()));
	}

	@Bean
	InFlight podLifecycleInFlight(ObservedWork podLifecycleObservedWork) {
		return podLifecycleObservedWork.inFlight();
	}

	@Bean
	Participants podLifecycleParticipants(ObjectProvider<Participant> participants,
			Map<String, PreStopTask> preStopTasks, ObjectProvider<Connections> connections) {
		return new Participants(participants.orderedStream().toList(), preStopTasks,
				connections.orderedStream().toList(), Participants.threadPerStep());
	}

	@Bean
	StickyReadiness podLifecycleReadiness(ConfigurableApplicationContext context) {
		return new StickyReadiness(context);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	LastWords podLifecycleLastWords(PodLifecycleProperties properties) {
		return new LastWords(properties.getShutdown().getTerminationMessagePath(), Ticker.system());
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	LoggingShutdownListener podLifecycleLoggingShutdownListener() {
		return new LoggingShutdownListener();
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	DrainedEventPublisher podLifecycleDrainedEventPublisher(ApplicationContext context) {
		return new DrainedEventPublisher(context);
	}

	@Bean
	ShutdownSequence podLifecycleShutdownSequence(ShutdownSettings podLifecycleShutdownSettings,
			StickyReadiness podLifecycleReadiness, ObservedWork podLifecycleObservedWork,
			Participants podLifecycleParticipants, ObjectProvider<ShutdownListener> listeners) {
		return new ShutdownSequence(podLifecycleShutdownSettings, podLifecycleReadiness, podLifecycleObservedWork,
				podLifecycleParticipants, new ShutdownListeners(listeners.orderedStream().toList()), Ticker.system(),
				Sleeper.system());
	}

	@Bean
	ShutdownDeadline podLifecycleShutdownDeadline(ShutdownSettings podLifecycleShutdownSettings,
			ConfigurableApplicationContext context, LastWords podLifecycleLastWords,
			ObjectProvider<HaltListener> haltListeners, Environment environment) {
		boolean halts = CloudPlatform.KUBERNETES.isActive(environment) && Activation.isAllowedHere(environment);
		return new ShutdownDeadline(podLifecycleShutdownSettings.budget().total(), halts, context,
				podLifecycleLastWords, haltListeners.orderedStream().toList(), Ticker.system());
	}

	@Bean
	ShutdownDoors podLifecycleShutdownDoors(ConfigurableApplicationContext context,
			ShutdownSequence podLifecycleShutdownSequence, ShutdownDeadline podLifecycleShutdownDeadline,
			PodLifecycleProperties properties, Environment environment) {
		boolean ownProcess = Activation.isAllowedHere(environment);
		boolean listenForSignal = properties.getShutdown().getTrigger() == ShutdownTrigger.SIGNAL && ownProcess;
		return new ShutdownDoors(context, podLifecycleShutdownSequence, podLifecycleShutdownDeadline, listenForSignal,
				ownProcess);
	}

}
