package io.podlifecycle.rehearsal.pod;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.time.Stopwatch;

/**
 * A pod as the kubelet runs it, with a JVM process on this machine for its container:
 * init containers, startup, readiness and liveness probes, restarts with back-off, and at
 * its deletion the preStop hook, SIGTERM, and SIGKILL at the end of the grace period.
 * <p>
 * It differs from a pod in what a process cannot do: it has no file system, no network
 * address and no limits of its own, and inherits the environment and the working
 * directory of this JVM. Its termination message is a file in a temporary directory,
 * whose path it gets as {@code TERMINATION_MESSAGE_PATH} and as the library's property.
 * <p>
 * Thread-safe. Its threads are daemons.
 *
 * @since 0.1.0
 */
public final class Pod implements AutoCloseable {

	private final String name;

	private final PodSpec spec;

	private final PodPorts ports;

	private final PodStatus status;

	private final Workplace workplace;

	private final Thread life;

	private Pod(String name, PodSpec spec, Stopwatch stopwatch, Listener listener) {
		this.name = name;
		this.spec = spec;
		this.ports = PodPorts.of(spec);
		// Before there is anything that would have to be cleared away.
		PodProbes.check(spec, this.ports);
		this.status = new PodStatus(name, this.ports.main(), stopwatch, listener);
		this.workplace = new Workplace(name, spec, this.ports);
		this.life = new Thread(new Kubelet(name, spec, this.ports, this.workplace, this.status), name);
		this.life.setDaemon(true);
	}

	/**
	 * Creates a pod and starts what runs in it.
	 * @param name its name
	 * @param spec its description
	 * @param stopwatch the time of its events
	 * @param listener who is told of its events
	 * @return the pod; the caller closes it
	 * @throws IllegalArgumentException if a probe or a hook names a port that the
	 * description does not have
	 */
	public static Pod start(String name, PodSpec spec, Stopwatch stopwatch, Listener listener) {
		Pod pod = new Pod(name, spec, stopwatch, listener);
		pod.status.event(Kind.CREATED, "");
		pod.life.start();
		return pod;
	}

	/**
	 * Returns the name.
	 * @return the name of the pod
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns where the traffic of the pod goes to.
	 * @return its main port at the loopback address
	 */
	public InetSocketAddress endpoint() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.ports.main());
	}

	/**
	 * Tells whether the pod is ready: its readiness probe says so and it is not deleted.
	 * @return whether it is ready
	 */
	public boolean isReady() {
		return this.status.isReady();
	}

	/**
	 * Tells whether the readiness probe says that the pod serves, even if it is deleted.
	 * @return whether it serves
	 */
	public boolean isServing() {
		return this.status.isServing();
	}

	/**
	 * Tells whether the pod was deleted.
	 * @return whether it was deleted
	 */
	public boolean isDeleted() {
		return this.status.isDeleted();
	}

	/**
	 * Tells whether the pod is to end: it was deleted, or its node shuts down.
	 * @return whether it is to end
	 */
	public boolean isTerminating() {
		return this.status.isTerminating();
	}

	/**
	 * Tells whether the pod has come to its end.
	 * @return whether nothing of it runs any more, or will
	 */
	public boolean isTerminated() {
		return this.status.isTerminated();
	}

	/**
	 * Tells how often a process of the pod has ended.
	 * @return the number of exits
	 */
	public long exits() {
		return this.status.exits();
	}

	/**
	 * Returns what the kubelet would say about the pod, for people: what runs, the last
	 * answer of a probe, and the last lines of the log.
	 * @param lines how many lines of the log
	 * @return some lines of text
	 */
	public String describe(int lines) {
		return this.status.describe(lines);
	}

	/**
	 * Deletes the pod: it is not ready from now on, and its end begins. Returns at once.
	 * Does nothing if that has happened.
	 */
	public void delete() {
		delete(this.spec.gracePeriod());
	}

	/**
	 * Deletes the pod with another grace period than its own, as
	 * {@code kubectl delete --grace-period} and evictions do. Does nothing if its end has
	 * begun.
	 * @param gracePeriod the grace period
	 */
	public void delete(Duration gracePeriod) {
		this.status.terminate(Kind.DELETED, gracePeriod);
	}

	/**
	 * Ends the pod as the kubelet does when its node shuts down: it is not deleted, and
	 * its readiness probe is not asked any more, so its endpoint stays until its process
	 * has ended. Does nothing if its end has begun.
	 * @param gracePeriod how long the node leaves it
	 */
	public void shutDownNode(Duration gracePeriod) {
		this.status.terminate(Kind.NODE_SHUTDOWN, gracePeriod);
	}

	/**
	 * Sends a signal to the process of the pod. Does nothing if none runs.
	 * @param name the signal, with or without {@code SIG}
	 */
	public void signal(String name) {
		AppProcess target = this.status.process();
		if (target != null && target.isAlive()) {
			target.signal(name);
		}
	}

	/**
	 * Returns the life of the pod so far.
	 * @return a copy
	 */
	public PodLife life() {
		return this.status.life(this.workplace.terminationMessage(), this.workplace.journal());
	}

	/**
	 * Ends the pod at once, with SIGKILL, waits until nothing of it runs, and removes its
	 * files. Its life stays readable.
	 */
	@Override
	public void close() {
		this.status.close();
		try {
			this.life.join(TimeUnit.SECONDS.toMillis(15));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.workplace.close();
	}

	/**
	 * Is told what happens to a pod, by its threads.
	 *
	 * @since 0.1.0
	 */
	public interface Listener {

		/**
		 * Something happened. Called while the pod is locked: it must be quick and not
		 * wait for another thread.
		 * @param pod the name of the pod
		 * @param event what
		 */
		void event(String pod, PodEvent event);

		/**
		 * The pod became ready or not ready, was deleted, or has terminated.
		 */
		void changed();

	}

}
