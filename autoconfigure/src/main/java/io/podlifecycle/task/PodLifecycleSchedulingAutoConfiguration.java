package io.podlifecycle.task;

import java.util.List;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.ParticipantProperties;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.work.InFlight;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.integration.endpoint.SourcePollingChannelAdapter;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for scheduled tasks.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnClass(ScheduledTaskHolder.class)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.scheduling.enabled", matchIfMissing = true)
@ConditionalOnShutdown
public final class PodLifecycleSchedulingAutoConfiguration {

	@Bean
	@Order(0) // Asked before the executors, to which it hands over work.
	ScheduledTasks podLifecycleScheduledTasks(ConfigurableListableBeanFactory beanFactory,
			PodLifecycleProperties properties, InFlight podLifecycleInFlight, ObjectProvider<Participant> participants,
			ObjectProvider<ThreadPerTaskDecorator> decorator) {
		ParticipantProperties settings = properties.getShutdown().getParticipants();
		return new ScheduledTasks(beanFactory, settings.getExecutors().getIgnore(),
				settings.getScheduling().getStopOnQuiesce(), podLifecycleInFlight, participants::stream,
				() -> decorator.stream().mapToLong(ThreadPerTaskDecorator::scheduled).sum(), Sleeper.system());
	}

	@Bean
	SmartInitializingSingleton podLifecycleStopOnQuiesceCheck(PodLifecycleProperties properties,
			ScheduledTasks podLifecycleScheduledTasks) {
		List<String> names = properties.getShutdown().getParticipants().getScheduling().getStopOnQuiesce();
		return () -> BeanNames.check("pod-lifecycle.shutdown.participants.scheduling.stop-on-quiesce", names,
				podLifecycleScheduledTasks::existFor, "a scheduler, or has @Scheduled methods");
	}

	/**
	 * Where there is Spring Integration.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SourcePollingChannelAdapter.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.integration.enabled",
			matchIfMissing = true)
	static class IntegrationConfiguration {

		@Bean
		PollingEndpoints podLifecyclePollingEndpoints(ConfigurableListableBeanFactory beanFactory) {
			return new PollingEndpoints(beanFactory);
		}

	}

}
