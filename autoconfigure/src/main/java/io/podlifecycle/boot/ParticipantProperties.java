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

	private final Participant kafka = new Participant();

	private final Participant kafkaStreams = new Participant();

	private final Participant redisStreams = new Participant();

	private final Participant rabbit = new Participant();

	private final Participant jms = new Participant();

	private final Scheduling scheduling = new Scheduling();

	private final Participant integration = new Participant();

	private final Executors executors = new Executors();

	private final Participant batch = new Participant();

	private final Participant quartz = new Participant();

	private final Participant runners = new Participant();

	private final Participant grpc = new Participant();

	private final Participant rsocket = new Participant();

	private final Registry registry = new Registry();

	public Participant getKafka() {
		return this.kafka;
	}

	public Participant getKafkaStreams() {
		return this.kafkaStreams;
	}

	public Participant getRedisStreams() {
		return this.redisStreams;
	}

	public Participant getRabbit() {
		return this.rabbit;
	}

	public Participant getJms() {
		return this.jms;
	}

	public Scheduling getScheduling() {
		return this.scheduling;
	}

	public Participant getIntegration() {
		return this.integration;
	}

	public Executors getExecutors() {
		return this.executors;
	}

	public Participant getBatch() {
		return this.batch;
	}

	public Participant getQuartz() {
		return this.quartz;
	}

	public Participant getRunners() {
		return this.runners;
	}

	public Participant getGrpc() {
		return this.grpc;
	}

	public Participant getRsocket() {
		return this.rsocket;
	}

	public Registry getRegistry() {
		return this.registry;
	}

	/**
	 * A participant that can be switched off. The metadata describes the effect of each.
	 */
	public static class Participant {

		/**
		 * Whether the participant takes part in the shutdown.
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
	public static class Scheduling extends Participant {

		/**
		 * Names of beans with @Scheduled methods, and of schedulers, that take in work
		 * and stop when the shutdown begins.
		 */
		private List<String> stopOnQuiesce = new ArrayList<>();

		public List<String> getStopOnQuiesce() {
			return this.stopOnQuiesce;
		}

		public void setStopOnQuiesce(List<String> stopOnQuiesce) {
			this.stopOnQuiesce = stopOnQuiesce;
		}

	}

	/**
	 * Executors.
	 */
	public static class Executors extends Participant {

		/**
		 * Names of executors and schedulers whose tasks never end and are not waited for.
		 */
		private List<String> ignore = new ArrayList<>();

		public List<String> getIgnore() {
			return this.ignore;
		}

		public void setIgnore(List<String> ignore) {
			this.ignore = ignore;
		}

	}

	/**
	 * Service registries of Spring Cloud.
	 */
	public static class Registry extends Participant {

		/**
		 * Status to set in the service registry. If empty, the instance is deregistered.
		 */
		private String status = "OUT_OF_SERVICE";

		public String getStatus() {
			return this.status;
		}

		public void setStatus(String status) {
			this.status = status;
		}

	}

}
