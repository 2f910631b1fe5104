package io.podlifecycle.rehearsal.pod;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcessBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Describes a pod: what runs in it, and how the kubelet treats it.
 * <p>
 * Each pod gets a free port of its own. {@code {port}} is replaced by it in JVM options,
 * arguments, values of the environment and commands. Where neither of the first three has
 * it, the argument {@code --server.port={port}} is added, which Spring Boot understands.
 * {@code {port.NAME}} stands for a further port of the pod, which probes and hooks can
 * name: {@code --management.server.port={port.management}}.
 * <p>
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class PodSpec {

	/** Not changed any more. */
	private final Builder parts;

	private PodSpec(Builder builder) {
		this.parts = builder.copy();
		if (Stream.of(builder.jvmOptions, builder.arguments, builder.environment.values())
			.noneMatch((values) -> values.stream().anyMatch((value) -> value.contains(PodPorts.MAIN)))) {
			this.parts.argument("--server.port=" + PodPorts.MAIN);
		}
	}

	/**
	 * Begins the description of a pod that runs a jar ({@code java -jar}).
	 * @param jar the executable jar
	 * @return a builder
	 */
	public static Builder jar(Path jar) {
		return new Builder(String.valueOf(jar.getFileName()), (process) -> process.jar(jar));
	}

	/**
	 * Begins the description of a pod that runs a main class on the class path of this
	 * JVM.
	 * @param name the binary name of the class
	 * @return a builder
	 */
	public static Builder mainClass(String name) {
		return new Builder(name, (process) -> process.mainClass(name));
	}

	/**
	 * Begins the description of a pod that runs a main class.
	 * @param name the binary name of the class
	 * @param classPath the class path, its entries separated as the system does it
	 * @return a builder
	 */
	public static Builder mainClass(String name, String classPath) {
		return new Builder(name, (process) -> process.mainClass(name, classPath));
	}

	/**
	 * Returns a builder that has everything that this description has.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return this.parts.copy();
	}

	/**
	 * Returns the name of the jar or of the main class.
	 * @return the name, for people
	 */
	public String application() {
		return this.parts.application;
	}

	Stream<String> texts() {
		return Stream
			.of(this.parts.jvmOptions.stream(), this.parts.arguments.stream(), this.parts.environment.values().stream(),
					this.parts.initContainers.stream().flatMap(List::stream))
			.flatMap((values) -> values);
	}

	void describe(AppProcessBuilder process, PodPorts ports) {
		this.parts.launch.accept(process);
		if (this.parts.javaHome != null) {
			process.javaHome(this.parts.javaHome);
		}
		this.parts.jvmOptions.forEach((option) -> process.jvmOption(ports.fillIn(option)));
		this.parts.arguments.forEach((argument) -> process.argument(ports.fillIn(argument)));
	}

	Map<String, String> environment() {
		return Collections.unmodifiableMap(this.parts.environment);
	}

	List<List<String>> initContainers() {
		return List.copyOf(this.parts.initContainers);
	}

	/**
	 * Returns the startup probe.
	 * @return the probe, if there is one
	 */
	public Optional<Probe> startup() {
		return Optional.ofNullable(this.parts.startup);
	}

	/**
	 * Returns the readiness probe.
	 * @return the probe, if there is one
	 */
	public Optional<Probe> readiness() {
		return Optional.ofNullable(this.parts.readiness);
	}

	/**
	 * Returns the liveness probe.
	 * @return the probe, if there is one
	 */
	public Optional<Probe> liveness() {
		return Optional.ofNullable(this.parts.liveness);
	}

	/**
	 * Returns the preStop hook.
	 * @return the hook, if there is one
	 */
	public Optional<PreStop> preStop() {
		return Optional.ofNullable(this.parts.preStop);
	}

	/**
	 * Returns the time from the deletion to SIGKILL.
	 * @return the grace period
	 */
	public Duration gracePeriod() {
		return this.parts.gracePeriod;
	}

	RestartPolicy restartPolicy() {
		return this.parts.restartPolicy;
	}

	double backOffFactor() {
		return this.parts.backOffFactor;
	}

	/**
	 * Describes a {@link PodSpec}. Not thread-safe.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final String application;

		private final Consumer<AppProcessBuilder> launch;

		private @Nullable Path javaHome;

		private final List<String> jvmOptions = new ArrayList<>();

		private final List<String> arguments = new ArrayList<>();

		private final Map<String, String> environment = new LinkedHashMap<>();

		private final List<List<String>> initContainers = new ArrayList<>();

		private @Nullable Probe startup;

		private @Nullable Probe readiness = Probe.httpGet("/actuator/health/readiness")
			.withPeriod(Duration.ofSeconds(1));

		private @Nullable Probe liveness;

		private @Nullable PreStop preStop;

		private Duration gracePeriod = Duration.ofSeconds(30);

		private RestartPolicy restartPolicy = RestartPolicy.ALWAYS;

		private double backOffFactor = 1;

		private Builder(String application, Consumer<AppProcessBuilder> launch) {
			this.application = application;
			this.launch = launch;
		}

		private Builder copy() {
			Builder copy = new Builder(this.application, this.launch);
			copy.javaHome = this.javaHome;
			copy.jvmOptions.addAll(this.jvmOptions);
			copy.arguments.addAll(this.arguments);
			copy.environment.putAll(this.environment);
			copy.initContainers.addAll(this.initContainers);
			copy.startup = this.startup;
			copy.readiness = this.readiness;
			copy.liveness = this.liveness;
			copy.preStop = this.preStop;
			copy.gracePeriod = this.gracePeriod;
			copy.restartPolicy = this.restartPolicy;
			copy.backOffFactor = this.backOffFactor;
			return copy;
		}

		/**
		 * Sets the Java installation to run with; that of this JVM by default.
		 * @param javaHome the directory that holds {@code bin/java}
		 * @return this builder
		 */
		public Builder javaHome(Path javaHome) {
			this.javaHome = javaHome;
			return this;
		}

		/**
		 * Adds options of the JVM.
		 * @param options the options
		 * @return this builder
		 */
		public Builder jvmOption(String... options) {
			this.jvmOptions.addAll(List.of(options));
			return this;
		}

		/**
		 * Adds arguments of the application.
		 * @param arguments the arguments, in order
		 * @return this builder
		 */
		public Builder argument(String... arguments) {
			this.arguments.addAll(List.of(arguments));
			return this;
		}

		/**
		 * Sets a variable of the environment.
		 * @param name its name
		 * @param value its value
		 * @return this builder
		 */
		public Builder environment(String name, String value) {
			this.environment.put(name, value);
			return this;
		}

		/**
		 * Adds an init container: a command that must exit with 0 before the next one,
		 * and then the application, is started.
		 * @param command the command and its arguments, without a shell
		 * @return this builder
		 */
		public Builder initContainer(String... command) {
			if (command.length == 0) {
				throw new IllegalArgumentException("The command of an init container is empty");
			}
			this.initContainers.add(List.of(command));
			return this;
		}

		/**
		 * Sets the startup probe; none by default.
		 * @param probe the probe; {@code null} for none
		 * @return this builder
		 */
		public Builder startup(@Nullable Probe probe) {
			this.startup = probe;
			return this;
		}

		/**
		 * Sets the readiness probe; by default {@code /actuator/health/readiness} every
		 * second.
		 * @param probe the probe; {@code null} for none, which makes a pod ready as soon
		 * as it is started
		 * @return this builder
		 */
		public Builder readiness(@Nullable Probe probe) {
			this.readiness = probe;
			return this;
		}

		/**
		 * Sets the liveness probe; none by default.
		 * @param probe the probe; {@code null} for none
		 * @return this builder
		 */
		public Builder liveness(@Nullable Probe probe) {
			this.liveness = probe;
			return this;
		}

		/**
		 * Sets the preStop hook; none by default.
		 * @param preStop the hook; {@code null} for none
		 * @return this builder
		 */
		public Builder preStop(@Nullable PreStop preStop) {
			this.preStop = preStop;
			return this;
		}

		/**
		 * Sets the time from the deletion to SIGKILL; 30 s by default.
		 * @param gracePeriod the time, positive
		 * @return this builder
		 */
		public Builder gracePeriod(Duration gracePeriod) {
			if (gracePeriod.isNegative() || gracePeriod.isZero()) {
				throw new IllegalArgumentException("The grace period must be positive, but is " + gracePeriod);
			}
			this.gracePeriod = gracePeriod;
			return this;
		}

		/**
		 * Sets when the process is started again; always by default.
		 * @param restartPolicy the policy
		 * @return this builder
		 */
		public Builder restartPolicy(RestartPolicy restartPolicy) {
			this.restartPolicy = restartPolicy;
			return this;
		}

		/**
		 * Makes the back-off between restarts (10 s, 20 s, 40 s … 300 s) shorter, for
		 * tests; 1 by default.
		 * @param factor what to multiply the back-off with, 0 or more
		 * @return this builder
		 */
		public Builder backOffFactor(double factor) {
			if (!(factor >= 0)) {
				throw new IllegalArgumentException("The factor of the back-off cannot be negative, but is " + factor);
			}
			this.backOffFactor = factor;
			return this;
		}

		/**
		 * Completes the description.
		 * @return the pod's description
		 */
		public PodSpec build() {
			return new PodSpec(this);
		}

	}

}
