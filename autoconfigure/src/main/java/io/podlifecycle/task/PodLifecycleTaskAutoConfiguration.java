package io.podlifecycle.task;

import java.util.List;
import java.util.concurrent.Executor;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.ParticipantProperties;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import org.quartz.Scheduler;

import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the tasks of executors and
 * schedulers, and for jobs.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration(after = { PodLifecycleAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
		TaskSchedulingAutoConfiguration.class })
@ConditionalOnShutdown
public final class PodLifecycleTaskAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ThreadPoolTaskExecutor.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.executors.enabled", matchIfMissing = true)
	static class ExecutorsConfiguration {

		@Bean
		ExecutorTasks podLifecycleExecutorTasks(ConfigurableListableBeanFactory beanFactory,
				PodLifecycleProperties properties) {
			return new ExecutorTasks(new ExecutorBeans(beanFactory,
					properties.getShutdown().getParticipants().getExecutors().getIgnore()));
		}

		@Bean
		@Fallback
		static ExecutorStopTimeouts podLifecycleExecutorStopTimeouts(ConfigurableListableBeanFactory beanFactory,
				ObjectProvider<PodLifecycleProperties> properties) {
			return new ExecutorStopTimeouts(beanFactory,
					() -> properties.getObject().getShutdown().getParticipants().getExecutors().getIgnore());
		}

		@Bean
		SmartInitializingSingleton podLifecycleExecutorsIgnoreCheck(ConfigurableListableBeanFactory beanFactory,
				PodLifecycleProperties properties) {
			List<String> names = properties.getShutdown().getParticipants().getExecutors().getIgnore();
			return () -> BeanNames.check("pod-lifecycle.shutdown.participants.executors.ignore", names,
					(name) -> beanFactory.containsBean(name) && beanFactory.isTypeMatch(name, Executor.class),
					"an executor or a scheduler");
		}

		@Bean
		static UncountedExecutors podLifecycleUncountedExecutors(ObjectProvider<PodLifecycleProperties> properties) {
			return new UncountedExecutors(
					() -> properties.getObject().getShutdown().getParticipants().getExecutors().getIgnore());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JobOperator.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.batch.enabled", matchIfMissing = true)
	static class BatchConfiguration {

		@Bean
		static BatchJobs podLifecycleBatchJobs(ObjectProvider<InFlight> inFlight, ObjectProvider<JobOperator> operators,
				ObjectProvider<JobRepository> repositories) {
			return new BatchJobs(inFlight, operators, repositories, Sleeper.system(), Ticker.system());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, SchedulerFactoryBean.class })
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.quartz.enabled", matchIfMissing = true)
	static class QuartzConfiguration {

		@Bean
		@Order(Orders.WORK_SOURCE)
		QuartzJobs podLifecycleQuartzJobs(ConfigurableListableBeanFactory beanFactory) {
			return new QuartzJobs(beanFactory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ScheduledTaskHolder.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.scheduling.enabled",
			matchIfMissing = true)
	static class SchedulingConfiguration {

		@Bean
		@Order(Orders.WORK_SOURCE)
		ScheduledTasks podLifecycleScheduledTasks(ConfigurableListableBeanFactory beanFactory,
				PodLifecycleProperties properties, InFlight podLifecycleInFlight,
				ObjectProvider<Participant> participants, ObjectProvider<UncountedExecutors> decorator) {
			ParticipantProperties settings = properties.getShutdown().getParticipants();
			return new ScheduledTasks(beanFactory, settings.getExecutors().getIgnore(),
					settings.getScheduling().getStopOnQuiesce(), podLifecycleInFlight, participants::stream,
					() -> decorator.stream().mapToLong(UncountedExecutors::scheduled).sum(), Sleeper.system());
		}

		@Bean
		SmartInitializingSingleton podLifecycleStopOnQuiesceCheck(PodLifecycleProperties properties,
				ScheduledTasks podLifecycleScheduledTasks) {
			List<String> names = properties.getShutdown().getParticipants().getScheduling().getStopOnQuiesce();
			return () -> BeanNames.check("pod-lifecycle.shutdown.participants.scheduling.stop-on-quiesce", names,
					podLifecycleScheduledTasks::existFor, "a scheduler, or has @Scheduled methods");
		}

	}

}
