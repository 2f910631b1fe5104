package io.podlifecycle.rehearsal.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.node.Dependency;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What happens to the pods, and to what they depend on.
 */
final class ScenarioOptions {

	private static final String PLACEHOLDER = "{dependency}";

	private static final String DEPENDENCY_NAME = "dependency.rehearsal";

	@Option(names = "--scenario", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES} [rolling-update].")
	private Scenario scenario = Scenario.ROLLING_UPDATE;

	@Option(names = "--replicas", paramLabel = "NUMBER", description = "How many pods [2].")
	private int replicas = 2;

	@Option(names = "--max-surge", paramLabel = "NUMBER", description = "How many more in a rolling update [1].")
	private int maxSurge = 1;

	@Option(names = "--max-unavailable", paramLabel = "NUMBER", description = "How many fewer in a rolling update [0].")
	private int maxUnavailable;

	@Option(names = "--lag", paramLabel = "TIME",
			description = "How long a change of the endpoints takes [1s]; 1s..5s for random times.")
	private Lag lag = new Lag(Duration.ofSeconds(1), Duration.ofSeconds(1));

	@Option(names = "--seed", paramLabel = "NUMBER", description = "Where the random times come from [1].")
	private long seed = 1;

	@Option(names = "--slow", paramLabel = "TIME", description = "How late new pods start in slow-start [20s].")
	private Duration slow = Duration.ofSeconds(20);

	@Option(names = "--notice", paramLabel = "TIME",
			description = "Grace period in short-grace and node-shutdown, in place of the pod's [10s].")
	private Duration notice = Duration.ofSeconds(10);

	@Option(names = "--dependency", paramLabel = "HOST:PORT",
			description = "Something that the app needs, and that is there; the app is told another address, "
					+ "which stands for {dependency} in JVM options, arguments and variables.")
	private @Nullable InetSocketAddress target;

	@Option(names = "--away", paramLabel = "TIME",
			description = "How long the dependency is late or lost, or is watched after it has moved [10s].")
	private Duration away = Duration.ofSeconds(10);

	@Option(names = "--start-timeout", paramLabel = "TIME", description = "How long a pod may take to be ready [2m].")
	private Duration startTimeout = Duration.ofMinutes(2);

	private @Nullable Dependency dependency;

	private boolean dependencyIsUsed;

	Duration slow() {
		return this.slow;
	}

	Duration notice() {
		return this.notice;
	}

	Duration away() {
		return this.away;
	}

	Dependency dependency() {
		return Objects.requireNonNull(this.dependency, "Prepared");
	}

	/**
	 * Create the dependency, which is not there yet.
	 */
	void prepare() {
		if (this.scenario.needsDependency() != (this.target != null)) {
			throw new UsageException("The scenarios dependency-late, dependency-lost and dependency-moved need "
					+ "--dependency HOST:PORT, and no other takes it");
		}
		if (this.target != null) {
			this.dependency = (this.scenario == Scenario.DEPENDENCY_MOVED)
					? Dependency.named(DEPENDENCY_NAME, this.target) : Dependency.of(this.target);
		}
	}

	/**
	 * Replace the placeholder of the dependency by its address.
	 */
	String fillIn(String text) {
		if (!text.contains(PLACEHOLDER)) {
			return text;
		}
		if (this.dependency == null) {
			throw new UsageException(PLACEHOLDER + " needs --dependency HOST:PORT");
		}
		this.dependencyIsUsed = true;
		return text.replace(PLACEHOLDER, this.dependency.address());
	}

	/**
	 * Describe the rehearsal of a pod in which placeholders are replaced.
	 */
	Rehearsal rehearsal(PodSpec.Builder pod) {
		if (this.dependency != null) {
			if (!this.dependencyIsUsed) {
				throw new UsageException(PLACEHOLDER + " has to stand in a JVM option, an argument or a variable of "
						+ "the app: where it would have the address of " + this.target);
			}
			this.dependency.jvmOptions().forEach(pod::jvmOption);
		}
		if (this.scenario == Scenario.SCALE_DOWN && this.replicas < 2) {
			throw new UsageException("--scenario scale-down needs --replicas 2 or more");
		}
		if (this.maxSurge + this.maxUnavailable == 0) {
			throw new UsageException("One of --max-surge and --max-unavailable must be 1 or more");
		}
		return Rehearsal.of(pod.build())
			.replicas(this.replicas)
			.maxSurge(this.maxSurge)
			.maxUnavailable(this.maxUnavailable)
			.lag(this.lag.min(), this.lag.max(), this.seed)
			.startTimeout(this.startTimeout);
	}

	Rollout play(Rehearsal rehearsal) {
		try {
			return this.scenario.play(rehearsal, this);
		}
		finally {
			if (this.dependency != null) {
				this.dependency.stop();
			}
		}
	}

	/**
	 * How long a change of the endpoints takes.
	 *
	 * @param min the shortest time
	 * @param max the longest time
	 */
	record Lag(Duration min, Duration max) {
	}

}
