package io.podlifecycle.boot.shutdown;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.podlifecycle.grpc.PodLifecycleGrpcAutoConfiguration;
import io.podlifecycle.messaging.PodLifecycleMessagingAutoConfiguration;
import io.podlifecycle.registry.PodLifecycleRegistryAutoConfiguration;
import io.podlifecycle.rsocket.PodLifecycleRSocketAutoConfiguration;
import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.task.PodLifecycleTaskAutoConfiguration;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.quartz.Scheduler;

import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.rsocket.autoconfigure.RSocketMessagingAutoConfiguration;
import org.springframework.boot.rsocket.autoconfigure.RSocketServerAutoConfiguration;
import org.springframework.boot.rsocket.autoconfigure.RSocketStrategiesAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.springframework.data.redis.stream.StreamMessageListenerContainer;
import org.springframework.integration.endpoint.AbstractEndpoint;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each participant is there by default where its technology is, and can be switched off.
 * Takes seconds, since it starts an application for each technology.
 */
class ParticipantAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(PodLifecycleAutoConfiguration.class,
				PodLifecycleMessagingAutoConfiguration.class, PodLifecycleTaskAutoConfiguration.class,
				PodLifecycleGrpcAutoConfiguration.class, PodLifecycleRegistryAutoConfiguration.class,
				PodLifecycleRSocketAutoConfiguration.class, TaskExecutionAutoConfiguration.class));

	static Stream<Arguments> participants() {
		return Stream.of(Arguments.of("kafka", "podLifecycleKafkaListeners", KafkaListenerEndpointRegistry.class),
				Arguments.of("kafka-streams", "podLifecycleKafkaStreams", KafkaStreams.class),
				Arguments.of("redis-streams", "podLifecycleRedisStreams", StreamMessageListenerContainer.class),
				Arguments.of("rabbit", "podLifecycleRabbitListeners", RabbitListenerEndpointRegistry.class),
				Arguments.of("jms", "podLifecycleJmsListeners", JmsListenerEndpointRegistry.class),
				Arguments.of("scheduling", "podLifecycleScheduledTasks", ScheduledTaskHolder.class),
				Arguments.of("integration", "podLifecyclePollingEndpoints", AbstractEndpoint.class),
				Arguments.of("integration", "podLifecycleEndpointContainers", AbstractEndpoint.class),
				Arguments.of("executors", "podLifecycleExecutorTasks", ThreadPoolTaskExecutor.class),
				Arguments.of("executors", "podLifecycleUncountedExecutors", ThreadPoolTaskExecutor.class),
				Arguments.of("quartz", "podLifecycleQuartzJobs", Scheduler.class),
				Arguments.of("grpc", "podLifecycleGrpcReadiness", HealthStatusManager.class),
				Arguments.of("registry", "podLifecycleServiceRegistrations", ServiceRegistry.class));
	}

	@ParameterizedTest
	@MethodSource("participants")
	void eachIsThereAndCanBeSwitchedOff(String participant, String bean, Class<?> technology) {
		this.contextRunner.run((context) -> assertThat(context).hasBean(bean));
		this.contextRunner.withPropertyValues("pod-lifecycle.shutdown.participants." + participant + ".enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(bean));
		this.contextRunner.withPropertyValues("pod-lifecycle.shutdown.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(bean));
		this.contextRunner.withClassLoader(new FilteredClassLoader(technology))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(bean));
	}

	@Test
	void anApplicationWithoutAGrpcServerDoesNotServeTheNetwork() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(Connections.class)
			.doesNotHaveBean("podLifecycleGrpcServers"));
	}

	@Test
	void aGrpcServerOfTheApplicationsOwnIsEnough() {
		this.contextRunner.withBean(Server.class, () -> ServerBuilder.forPort(0).build())
			.withClassLoader(new FilteredClassLoader(GrpcServerLifecycle.class))
			.run((context) -> assertThat(context).hasBean("podLifecycleGrpcServers")
				.hasBean("podLifecycleGrpcConnections")
				.doesNotHaveBean("podLifecycleGrpcConnectionsCustomizer"));
	}

	@Test
	void anRSocketServerIsTrackedAndThatCanBeSwitchedOff() {
		ApplicationContextRunner runner = this.contextRunner
			.withConfiguration(AutoConfigurations.of(RSocketStrategiesAutoConfiguration.class,
					RSocketMessagingAutoConfiguration.class, RSocketServerAutoConfiguration.class));
		runner.run((context) -> assertThat(context).doesNotHaveBean(Connections.class));
		runner.withPropertyValues("spring.rsocket.server.port=0")
			.run((context) -> assertThat(context).hasSingleBean(Connections.class)
				.hasBean("podLifecycleRSocketServers"));
		runner
			.withPropertyValues("spring.rsocket.server.port=0",
					"pod-lifecycle.shutdown.participants.rsocket.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("podLifecycleRSocketServers"));
	}

	/**
	 * Seen: with a second bean of the type an application that injects one did not start.
	 */
	@Test
	void theOnlyTaskDecoratorIsThatOfTheApplicationAndItsTasksAreCountedAllTheSame() {
		AtomicInteger decorated = new AtomicInteger();
		TaskDecorator decorator = (task) -> {
			decorated.incrementAndGet();
			return task;
		};
		this.contextRunner.withBean(SimpleAsyncTaskExecutor.class, SimpleAsyncTaskExecutor::new)
			.withBean(TaskDecorator.class, () -> decorator)
			.run((context) -> {
				assertThat(context.getBean(TaskDecorator.class)).isSameAs(decorator);
				Participant tasks = context.getBean("podLifecycleUncountedExecutors", Participant.class);
				SimpleAsyncTaskExecutor executor = context.getBean(SimpleAsyncTaskExecutorBuilder.class).build();
				assertThat(executor.submit(tasks::inFlight).get(60, TimeUnit.SECONDS)).isEqualTo(1);
				assertThat(decorated).hasValue(1);
			});
	}

	@ParameterizedTest
	@CsvSource({ "scheduling.stop-on-quiesce, poler", "scheduling.stop-on-quiesce, noTask", "executors.ignore, poler",
			"executors.ignore, noTask" })
	void aNameOfABeanThatHasNoEffectIsRefused(String property, String bean) {
		ApplicationContextRunner runner = this.contextRunner.withBean("noTask", Object.class)
			.withBean("poller", ThreadPoolTaskScheduler.class)
			.withUserConfiguration(Jobs.class);
		runner.withPropertyValues("pod-lifecycle.shutdown.participants." + property + "=poller," + bean)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("pod-lifecycle.shutdown.participants." + property)
				.hasMessageContaining("'" + bean + "'"));
		runner.withPropertyValues("pod-lifecycle.shutdown.participants." + property + "=poller")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aBeanWithScheduledMethodsCanStopOnQuiesce() {
		this.contextRunner.withUserConfiguration(Jobs.class)
			.withPropertyValues("pod-lifecycle.shutdown.participants.scheduling.stop-on-quiesce=jobs")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void allTakePartUnderNamesOfTheirOwn() {
		this.contextRunner.run((context) -> assertThat(context.getBeansOfType(Participant.class).values())
			.extracting(Participant::name)
			.contains("Kafka listeners", "Kafka Streams", "Redis Streams listeners", "RabbitMQ listeners",
					"JMS listeners", "scheduled tasks", "executors", "polling endpoints", "message-driven endpoints",
					"Quartz jobs", "service registrations")
			.doesNotHaveDuplicates());
	}

	@Configuration(value = "jobs", proxyBeanMethods = false)
	@EnableScheduling
	static class Jobs {

		@Scheduled(initialDelay = 1, timeUnit = TimeUnit.DAYS)
		void claim() {
		}

	}

}
