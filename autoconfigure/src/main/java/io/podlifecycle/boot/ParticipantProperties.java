package io.podlifecycle.boot;

import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.Internal;

/**
 * Properties of what an application takes in besides HTTP requests: who stops to take in
 * more when the shutdown begins, and whose work is waited for.
 *
 * @since 0.1.0
 */
@Internal
public class ParticipantProperties {

	private final Kafka kafka = new Kafka();

	private final KafkaStreams kafkaStreams = new KafkaStreams();

	private final RedisStreams redisStreams = new RedisStreams();

	private final Rabbit rabbit = new Rabbit();

	private final Jms jms = new Jms();

	private final Scheduling scheduling = new Scheduling();

	private final Integration integration = new Integration();

	private final Executors executors = new Executors();

	private final Batch batch = new Batch();

	private final Quartz quartz = new Quartz();

	private final Runners runners = new Runners();

	private final Grpc grpc = new Grpc();

	private final Rsocket rsocket = new Rsocket();

	private final Registry registry = new Registry();

	public Kafka getKafka() {
		return this.kafka;
	}

	public KafkaStreams getKafkaStreams() {
		return this.kafkaStreams;
	}

	public RedisStreams getRedisStreams() {
		return this.redisStreams;
	}

	public Rabbit getRabbit() {
		return this.rabbit;
	}

	public Jms getJms() {
		return this.jms;
	}

	public Scheduling getScheduling() {
		return this.scheduling;
	}

	public Integration getIntegration() {
		return this.integration;
	}

	public Executors getExecutors() {
		return this.executors;
	}

	public Batch getBatch() {
		return this.batch;
	}

	public Quartz getQuartz() {
		return this.quartz;
	}

	public Runners getRunners() {
		return this.runners;
	}

	public Grpc getGrpc() {
		return this.grpc;
	}

	public Rsocket getRsocket() {
		return this.rsocket;
	}

	public Registry getRegistry() {
		return this.registry;
	}

	/**
	 * Listeners of Kafka.
	 */
	public static class Kafka {

		/**
		 * Whether to stop the containers of @KafkaListener when the shutdown begins.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Kafka Streams.
	 */
	public static class KafkaStreams {

		/**
		 * Whether to close Kafka Streams when the drain begins.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Listeners of Redis Streams.
	 */
	public static class RedisStreams {

		/**
		 * Whether to stop the listener containers of Redis Streams when the shutdown
		 * begins.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Listeners of RabbitMQ.
	 */
	public static class Rabbit {

		/**
		 * Whether to stop the containers of @RabbitListener when the shutdown begins.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Listeners of JMS.
	 */
	public static class Jms {

		/**
		 * Whether to stop the containers of @JmsListener when the shutdown begins.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Scheduled tasks.
	 */
	public static class Scheduling {

		/**
		 * Whether to end periodic tasks once other in-flight work has finished, and to
		 * wait for running ones.
		 */
		private boolean enabled = true;

		/**
		 * Names of beans with @Scheduled methods, and of schedulers, that take in work
		 * and stop when the shutdown begins.
		 */
		private List<String> stopOnQuiesce = new ArrayList<>();

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public List<String> getStopOnQuiesce() {
			return this.stopOnQuiesce;
		}

		public void setStopOnQuiesce(List<String> stopOnQuiesce) {
			this.stopOnQuiesce = stopOnQuiesce;
		}

	}

	/**
	 * Endpoints of Spring Integration.
	 */
	public static class Integration {

		/**
		 * Whether to stop inbound channel adapters and the bindings of Spring Cloud
		 * Stream when the shutdown begins, and to wait until queue channels are empty.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Executors.
	 */
	public static class Executors {

		/**
		 * Whether to wait for the tasks of executors.
		 */
		private boolean enabled = true;

		/**
		 * Names of executors and schedulers whose tasks never end and are not waited for.
		 */
		private List<String> ignore = new ArrayList<>();

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public List<String> getIgnore() {
			return this.ignore;
		}

		public void setIgnore(List<String> ignore) {
			this.ignore = ignore;
		}

	}

	/**
	 * RSocket servers.
	 */
	public static class Rsocket {

		/**
		 * Whether to wait for requests to RSocket servers, and to end their streams.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Jobs of Spring Batch.
	 */
	public static class Batch {

		/**
		 * Whether to stop running jobs, which can be restarted, when the shutdown begins.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Schedulers of Quartz.
	 */
	public static class Quartz {

		/**
		 * Whether to put schedulers into standby when the shutdown begins, and to wait
		 * for running jobs.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Runners of the application.
	 */
	public static class Runners {

		/**
		 * Whether to wait for the runner that SIGTERM finds running, in an application
		 * without a web server.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * gRPC servers.
	 */
	public static class Grpc {

		/**
		 * Whether to track gRPC calls and to stop gRPC servers in the drain.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Service registries of Spring Cloud.
	 */
	public static class Registry {

		/**
		 * Whether to deregister the instance from its service registry when the shutdown
		 * begins.
		 */
		private boolean enabled = true;

		/**
		 * Status to set in the service registry. If empty, the instance is deregistered.
		 */
		private String status = "OUT_OF_SERVICE";

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public String getStatus() {
			return this.status;
		}

		public void setStatus(String status) {
			this.status = status;
		}

	}

}
