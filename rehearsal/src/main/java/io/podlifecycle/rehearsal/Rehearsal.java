package io.podlifecycle.rehearsal;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.node.Dependency;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.jspecify.annotations.Nullable;

/**
 * Rehearses what happens to clients while pods come and go. Each scenario starts the pods
 * as processes on this machine, puts load on their Service, lets the thing happen, ends
 * everything and returns what was seen:
 *
 * <pre class="code">
 * Rollout rollout = Rehearsal.of(PodSpec.jar(Path.of("target/app.jar")).build())
 *     .replicas(2)
 *     .lag(Duration.ofSeconds(3))
 *     .rollingUpdate();
 * </pre>
 *
 * A scenario throws a {@link RehearsalException} if it cannot be done. Whether a request
 * failed is for the caller to judge.
 * <p>
 * Not thread-safe, except {@link #close()}, which ends a scenario that another thread is
 * in. May be used for several scenarios, one after another.
 *
 * @since 0.1.0
 */
public final class Rehearsal implements AutoCloseable {

	private static final int MAX_PODS = 50;

	private final AtomicReference<@Nullable ScenarioRun> running = new AtomicReference<>();

	private final PodSpec pod;

	private int replicas = 2;

	private int maxSurge = 1;

	private int maxUnavailable;

	private Duration minLag = Duration.ofSeconds(1);

	private Duration maxLag = Duration.ofSeconds(1);

	private long seed = 1;

	private int servicePort;

	private String path = "/";

	private Consumer<Load.Builder> load = Rehearsal::defaultLoad;

	private Duration startTimeout = Duration.ofMinutes(2);

	private Duration calm = Duration.ofSeconds(2);

	private final Map<String, String> notes = new LinkedHashMap<>();

	private RehearsalListener listener = new RehearsalListener() {
	};

	private Rehearsal(PodSpec pod) {
		this.pod = pod;
	}

	/**
	 * Begins the description of a rehearsal.
	 * @param pod what runs in each pod
	 * @return the rehearsal: 2 replicas, a lag of 1 s
	 */
	public static Rehearsal of(PodSpec pod) {
		return new Rehearsal(pod);
	}

	/**
	 * Sets how many pods there are; 2 by default.
	 * @param replicas the number, 1 to 50
	 * @return this rehearsal
	 */
	public Rehearsal replicas(int replicas) {
		this.replicas = requireRange("number of replicas", replicas, 1, MAX_PODS);
		return this;
	}

	/**
	 * Sets how many more pods than replicas there may be in a rolling update; 1 by
	 * default.
	 * @param maxSurge the number, 0 to 50
	 * @return this rehearsal
	 */
	public Rehearsal maxSurge(int maxSurge) {
		this.maxSurge = requireRange("maxSurge", maxSurge, 0, MAX_PODS);
		return this;
	}

	/**
	 * Sets how many of the replicas may not be ready in a rolling update; 0 by default.
	 * @param maxUnavailable the number, 0 to 50
	 * @return this rehearsal
	 */
	public Rehearsal maxUnavailable(int maxUnavailable) {
		this.maxUnavailable = requireRange("maxUnavailable", maxUnavailable, 0, MAX_PODS);
		return this;
	}

	/**
	 * Sets how long each change of the endpoints takes to have effect; 1 s by default.
	 * @param lag the time, zero or more
	 * @return this rehearsal
	 */
	public Rehearsal lag(Duration lag) {
		return lag(lag, lag, 1);
	}

	/**
	 * Lets each change of the endpoints take a random time to have effect.
	 * @param min the shortest time, zero or more
	 * @param max the longest time, the shortest one or more
	 * @param seed where the random numbers come from: the same seed gives the same times
	 * @return this rehearsal
	 */
	public Rehearsal lag(Duration min, Duration max, long seed) {
		if (min.isNegative() || max.compareTo(min) < 0) {
			throw new IllegalArgumentException("The lag must be zero or more, and its shortest value (" + min
					+ ") not above its longest (" + max + ")");
		}
		this.minLag = min;
		this.maxLag = max;
		this.seed = seed;
		return this;
	}

	/**
	 * Sets the port of the Service at the loopback address; a free one by default.
	 * @param port the port, 0 for a free one
	 * @return this rehearsal
	 */
	public Rehearsal servicePort(int port) {
		this.servicePort = requireRange("port of the Service", port, 0, 65_535);
		return this;
	}

	/**
	 * Sets what the clients ask for; {@code /} by default.
	 * @param path the path with its leading slash
	 * @return this rehearsal
	 */
	public Rehearsal path(String path) {
		if (!path.startsWith("/")) {
			throw new IllegalArgumentException("The path must begin with '/', but is '" + path + "'");
		}
		this.path = path;
		return this;
	}

	/**
	 * Sets the clients; by default 8 that keep their connection and pause for 300 ms, and
	 * 4 that open a new one each time and pause for 50 ms.
	 * @param load adds the clients
	 * @return this rehearsal
	 */
	public Rehearsal load(Consumer<Load.Builder> load) {
		this.load = load;
		return this;
	}

	/**
	 * Sets how long a pod may take to become ready; 2 min by default.
	 * @param startTimeout the time, positive
	 * @return this rehearsal
	 */
	public Rehearsal startTimeout(Duration startTimeout) {
		this.startTimeout = startTimeout;
		return this;
	}

	/**
	 * Sets how long the clients go on before and after what is rehearsed; 2 s by default.
	 * @param calm the time
	 * @return this rehearsal
	 */
	public Rehearsal calm(Duration calm) {
		this.calm = calm;
		return this;
	}

	/**
	 * Adds something to the settings that stand in the {@link Rollout}, for people.
	 * @param name what it is
	 * @param value its value
	 * @return this rehearsal
	 */
	public Rehearsal note(String name, String value) {
		this.notes.put(name, value);
		return this;
	}

	/**
	 * Sets who is told how a rehearsal goes on; nobody by default.
	 * @param listener the listener
	 * @return this rehearsal
	 */
	public Rehearsal listener(RehearsalListener listener) {
		this.listener = listener;
		return this;
	}

	private static void defaultLoad(Load.Builder load) {
		load.keepAliveClients(8, Duration.ofMillis(300)).freshClients(4, Duration.ofMillis(50));
	}

	private static int requireRange(String what, int value, int min, int max) {
		if (value < min || value > max) {
			throw new IllegalArgumentException(
					"The " + what + " must be from " + min + " to " + max + ", but is " + value);
		}
		return value;
	}

	/**
	 * Replaces all pods by new ones, as a Deployment does.
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout rollingUpdate() {
		return rollingUpdate(this.pod);
	}

	/**
	 * Replaces all pods by new ones of another description, as a Deployment does.
	 * @param next what runs in the new pods
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout rollingUpdate(PodSpec next) {
		if (this.maxSurge + this.maxUnavailable == 0) {
			throw new IllegalArgumentException("One of maxSurge and maxUnavailable must be 1 or more");
		}
		return play("rolling update of " + replicas(), (run) -> Scenarios.rollingUpdate(run, next, Duration.ZERO));
	}

	/**
	 * Replaces all pods by new ones that start slowly: each new process is stopped at
	 * once and goes on after a while.
	 * @param delay how long the processes are stopped
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout slowStart(Duration delay) {
		return play("rolling update of " + replicas() + " to pods that start " + Settings.text(delay) + " late",
				(run) -> Scenarios.rollingUpdate(run, this.pod, delay));
	}

	/**
	 * Deletes one pod. Another is created in its place at once, as a ReplicaSet does.
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout podDeletion() {
		return play("deletion of one of " + replicas(), Scenarios::podDeletion);
	}

	/**
	 * Deletes one pod with another grace period than its own, as an eviction or
	 * {@code kubectl delete --grace-period} may. Another is created in its place at once.
	 * @param gracePeriod the grace period
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout shortGrace(Duration gracePeriod) {
		return play("deletion of one of " + replicas() + " with a grace period of " + Settings.text(gracePeriod),
				(run) -> Scenarios.shortGrace(run, gracePeriod));
	}

	/**
	 * Shuts the node of one pod down: the pod is ended but not deleted, so its endpoint
	 * stays until its process has ended, and another pod is created only when it has
	 * terminated.
	 * @param gracePeriod how long the node leaves the pod
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout nodeShutdown(Duration gracePeriod) {
		return play("shutdown of the node of one of " + replicas() + " within " + Settings.text(gracePeriod),
				(run) -> Scenarios.nodeShutdown(run, gracePeriod));
	}

	/**
	 * Deletes pods until a smaller number is left.
	 * @param remaining how many are left, from 1 to one less than the replicas
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout scaleDown(int remaining) {
		if (remaining < 1 || remaining >= this.replicas) {
			throw new IllegalArgumentException(
					"From " + replicas() + " the scale-down must leave 1 or more and fewer, but not " + remaining);
		}
		return play("scale-down from " + replicas() + " to " + remaining, (run) -> Scenarios.scaleDown(run, remaining));
	}

	/**
	 * Kills the process of one pod with SIGKILL, as the kernel does when it uses more
	 * memory than it may.
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout oomKill() {
		return play("OOM kill of one of " + replicas(), (run) -> Scenarios.signal(run, "KILL"));
	}

	/**
	 * Lets the JVM of one pod crash.
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout crash() {
		return play("crash of one of " + replicas(), (run) -> Scenarios.signal(run, "SEGV"));
	}

	/**
	 * Starts the pods while a dependency is not there, and lets it come later.
	 * @param dependency what comes late; it is left started
	 * @param delay how long after the pods
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout dependencyLate(Dependency dependency, Duration delay) {
		requireTarget(dependency);
		dependency.stop();
		return play("start of " + replicas() + " with a dependency " + Settings.text(delay) + " late", (run) -> {
			run.pods().tolerateExits();
			run.after(delay, dependency::start);
			run.begin();
		}, (run) -> {
		});
	}

	/**
	 * Lets a dependency be lost while the pods serve, and come back. The settings of the
	 * result say when.
	 * @param dependency what is lost; it is left started
	 * @param span for how long
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout dependencyLost(Dependency dependency, Duration span) {
		begin(dependency);
		return play("loss of a dependency of " + replicas() + " for " + Settings.text(span),
				(run) -> Scenarios.dependencyLost(run, dependency, span));
	}

	/**
	 * Moves what is behind a dependency to another place while the pods serve. Its own
	 * address stays.
	 * @param dependency what is moved; it is left started
	 * @param target the other place
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 */
	public Rollout dependencyMoved(Dependency dependency, InetSocketAddress target) {
		begin(dependency);
		return play("move of a dependency of " + replicas(),
				(run) -> Scenarios.dependencyMoved(run, () -> dependency.moveTo(target), Duration.ZERO));
	}

	/**
	 * Moves a dependency with a name to another address while the pods serve: who
	 * remembers the old one is refused.
	 * @param dependency what is moved; it is left started
	 * @param watch how long clients go on after it has moved
	 * @return what was seen
	 * @throws RehearsalException if that cannot be done
	 * @throws IllegalArgumentException if the dependency has no name
	 */
	public Rollout dependencyMoved(Dependency dependency, Duration watch) {
		if (dependency.jvmOptions().isEmpty()) {
			throw new IllegalArgumentException("Only a named dependency can have another address: Dependency.named(…)");
		}
		begin(dependency);
		return play("move of a dependency of " + replicas() + " to another address",
				(run) -> Scenarios.dependencyMoved(run, dependency::move, watch));
	}

	private static void begin(Dependency dependency) {
		requireTarget(dependency);
		try {
			dependency.start();
		}
		catch (UncheckedIOException ex) {
			throw new RehearsalException(
					"The dependency cannot be there: " + ex.getMessage() + ": " + String.valueOf(ex.getCause()), ex);
		}
	}

	private static void requireTarget(Dependency dependency) {
		if (!dependency.hasTarget()) {
			throw new RehearsalException(
					"Nobody listens where the dependency " + dependency.address() + " leads to: start that first.");
		}
	}

	private String replicas() {
		return this.replicas + ((this.replicas == 1) ? " replica" : " replicas");
	}

	private Rollout play(String scenario, Scenario script) {
		return play(scenario, ScenarioRun::begin, script);
	}

	private Rollout play(String scenario, Scenario opening, Scenario script) {
		Settings settings = new Settings(this.pod, this.replicas, this.maxSurge, this.maxUnavailable, this.minLag,
				this.maxLag, this.seed, this.servicePort, this.path, this.load, this.startTimeout, this.calm,
				Map.copyOf(this.notes), this.listener);
		try (ScenarioRun run = ScenarioRun.open(settings)) {
			if (!this.running.compareAndSet(null, run)) {
				throw new IllegalStateException("Another scenario of this rehearsal runs");
			}
			try {
				opening.play(run);
				run.startLoad();
				script.play(run);
				run.settle();
				return run.finish(scenario);
			}
			finally {
				this.running.set(null);
			}
		}
	}

	/**
	 * Ends the scenario that runs, if one does, and all its processes.
	 */
	@Override
	public void close() {
		ScenarioRun run = this.running.get();
		if (run != null) {
			run.close();
		}
	}

	/**
	 * What is done on a run.
	 */
	interface Scenario {

		void play(ScenarioRun run);

	}

}
