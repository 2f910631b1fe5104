package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import org.jspecify.annotations.Nullable;

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

	private final Supplier<Duration> clock;

	private final Listener listener;

	private final Workplace workplace;

	private final Thread life;

	private final List<PodEvent> events = new ArrayList<>();

	private final List<LogLine> pastLog = new ArrayList<>();

	private @Nullable AppProcess process;

	private @Nullable Integer exitCode;

	private int restarts;

	private boolean started;

	private boolean serving;

	private boolean deleted;

	private boolean closed;

	private boolean gone;

	private String lastProbe = "";

	private String trouble = "";

	private Pod(String name, PodSpec spec, Supplier<Duration> clock, Listener listener) {
		this.name = name;
		this.spec = spec;
		this.ports = PodPorts.of(spec);
		// Before there is anything that would have to be cleared away.
		PodProbes.check(spec, this.ports);
		this.clock = clock;
		this.listener = listener;
		this.workplace = new Workplace(name, spec, this.ports);
		this.life = new Thread(this::live, name);
		this.life.setDaemon(true);
	}

	/**
	 * Creates a pod and starts what runs in it.
	 * @param name its name
	 * @param spec its description
	 * @param clock the time of its events
	 * @param listener who is told of its events
	 * @return the pod; the caller closes it
	 * @throws IllegalArgumentException if a probe or a hook names a port that the
	 * description does not have
	 */
	public static Pod start(String name, PodSpec spec, Supplier<Duration> clock, Listener listener) {
		Pod pod = new Pod(name, spec, clock, listener);
		pod.event(Kind.CREATED, "");
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
	public synchronized boolean isReady() {
		return this.serving && !this.deleted;
	}

	/**
	 * Tells whether the readiness probe says that the pod serves, even if it is deleted.
	 * @return whether it serves
	 */
	public synchronized boolean isServing() {
		return this.serving;
	}

	/**
	 * Tells whether the pod was deleted.
	 * @return whether it was deleted
	 */
	public synchronized boolean isDeleted() {
		return this.deleted;
	}

	/**
	 * Tells whether the pod has come to its end.
	 * @return whether nothing of it runs any more, or will
	 */
	public synchronized boolean isGone() {
		return this.gone;
	}

	/**
	 * Tells how often a process of the pod has ended.
	 * @return the number of exits
	 */
	public synchronized long exits() {
		return this.events.stream().filter((event) -> event.kind() == Kind.EXITED).count();
	}

	/**
	 * Returns what the kubelet would say about the pod, for people: what runs, the last
	 * answer of a probe, and the last lines of the log.
	 * @param lines how many lines of the log
	 * @return some lines of text
	 */
	public synchronized String describe(int lines) {
		StringBuilder text = new StringBuilder("Pod " + this.name + " on port " + this.ports.main() + ": ");
		PodEvent last = this.events.get(this.events.size() - 1);
		text.append(last.kind()).append(last.detail().isEmpty() ? "" : " (" + last.detail() + ")");
		text.append((this.exitCode == null) ? "" : ". Its last process to end did so with exit code " + this.exitCode);
		text.append(this.trouble.isEmpty() ? "" : ". " + this.trouble);
		text.append(this.lastProbe.isEmpty() ? "" : ". Last probe: " + this.lastProbe);
		List<LogLine> log = log();
		text.append(log.isEmpty() ? ". It has written nothing." : ". Its last lines:");
		log.subList(Math.max(0, log.size() - lines), log.size())
			.forEach((line) -> text.append("\n    ").append(line.text()));
		return text.toString();
	}

	/**
	 * Deletes the pod: it is not ready from now on, and its end begins. Returns at once.
	 * Does nothing if that has happened.
	 */
	public void delete() {
		synchronized (this) {
			if (this.deleted) {
				return;
			}
			this.deleted = true;
			event(Kind.DELETED, "grace period " + this.spec.gracePeriod().toMillis() + " ms");
			notifyAll();
		}
		this.listener.changed();
	}

	/**
	 * Sends a signal to the process of the pod. Does nothing if none runs.
	 * @param name the signal, with or without {@code SIG}
	 */
	public void signal(String name) {
		AppProcess target = process();
		if (target != null && target.isAlive()) {
			target.signal(name);
		}
	}

	private synchronized @Nullable AppProcess process() {
		return this.process;
	}

	/**
	 * Returns the life of the pod so far.
	 * @return a copy
	 */
	public synchronized PodLife life() {
		Integer code = (this.process == null) ? this.exitCode : null;
		return new PodLife(this.name, this.ports.main(), this.events, code, this.restarts, this.workplace.lastWords(),
				log());
	}

	private synchronized List<LogLine> log() {
		List<LogLine> log = new ArrayList<>(this.pastLog);
		if (this.process != null) {
			log.addAll(this.process.log());
		}
		return log;
	}

	private void live() {
		try {
			if (runInitContainers()) {
				runContainers();
			}
		}
		catch (InterruptedException ex) {
			// Closed: this thread ends.
			Thread.currentThread().interrupt();
		}
		catch (IOException | RuntimeException | AssertionError ex) {
			trouble(String.valueOf(ex.getMessage()));
		}
		finally {
			synchronized (this) {
				this.gone = true;
				this.serving = false;
				event(Kind.GONE, this.trouble);
				notifyAll();
			}
			this.listener.changed();
		}
	}

	private boolean runInitContainers() throws InterruptedException, IOException {
		BackOff backOff = new BackOff(this.spec.backOffFactor());
		for (List<String> command : this.spec.initContainers()) {
			while (!runInitContainer(command)) {
				if (isDeleted() || this.spec.restartPolicy() == RestartPolicy.NEVER || !backsOff(backOff, 0)) {
					return false;
				}
			}
			if (isDeleted()) {
				return false;
			}
		}
		return true;
	}

	private boolean runInitContainer(List<String> command) throws InterruptedException, IOException {
		event(Kind.INIT_STARTED, String.join(" ", command));
		Process init = this.workplace.command(command);
		try {
			CompletableFuture<Void> unused = init.onExit().thenRun(this::wake);
			await(() -> this.deleted || !init.isAlive(), null);
			if (init.isAlive()) {
				init.destroy();
				init.waitFor(this.spec.gracePeriod().toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		finally {
			Workplace.kill(init);
		}
		int code = init.waitFor();
		event(Kind.INIT_ENDED, "exit code " + code);
		return code == 0;
	}

	private void runContainers() throws InterruptedException, IOException {
		BackOff backOff = new BackOff(this.spec.backOffFactor());
		while (true) {
			long start = System.nanoTime();
			int code = runContainer();
			if (isDeleted() || !this.spec.restartPolicy().restarts(code)
					|| !backsOff(backOff, System.nanoTime() - start)) {
				return;
			}
			synchronized (this) {
				this.restarts++;
			}
		}
	}

	private boolean backsOff(BackOff backOff, long ranForNanos) throws InterruptedException {
		Duration pause = backOff.next(Duration.ofNanos(ranForNanos));
		event(Kind.BACK_OFF, pause.toMillis() + " ms");
		return !await(() -> this.deleted, pause);
	}

	private int runContainer() throws InterruptedException, IOException {
		PodProbes probes = new PodProbes(this.name, this.spec, this.ports, new FromProbes());
		AppProcess app = begin();
		try {
			CompletableFuture<Void> unused = app.onExit().thenRun(this::wake);
			probes.start();
			await(() -> this.deleted || probes.haveGivenUp() || !app.isAlive(), null);
			if (app.isAlive()) {
				probes.beginTermination();
				end(app);
			}
			return app.awaitExit(Duration.ofSeconds(10));
		}
		finally {
			probes.stop();
			app.close();
			exited(app);
		}
	}

	private synchronized AppProcess begin() throws InterruptedException, IOException {
		if (this.closed) {
			throw new InterruptedException("Closed");
		}
		AppProcess app = this.workplace.start();
		this.process = app;
		this.started = false;
		event(Kind.STARTED, "process " + app.pid());
		return app;
	}

	private void exited(AppProcess app) throws InterruptedException {
		boolean wasServing;
		synchronized (this) {
			int code = app.awaitExit(Duration.ofSeconds(10));
			this.exitCode = code;
			this.process = null;
			this.pastLog.addAll(app.log());
			wasServing = this.serving;
			this.serving = false;
			event(Kind.EXITED, "exit code " + code);
			if (wasServing) {
				event(Kind.NOT_READY, "the process has ended");
			}
		}
		if (wasServing) {
			this.listener.changed();
		}
	}

	private void end(AppProcess app) throws InterruptedException {
		long begin = System.nanoTime();
		Duration grace = this.spec.gracePeriod();
		PreStop hook = this.spec.preStop().orElse(null);
		if (hook != null) {
			event(Kind.PRE_STOP_STARTED, hook.toString());
			event(Kind.PRE_STOP_ENDED, new PreStopHook(hook, this.workplace, this.ports).run(grace, app));
		}
		if (app.isAlive()) {
			event(Kind.SIGTERM, "");
			app.terminate();
		}
		// However long the hook took, the kubelet leaves these 2 s.
		Duration left = grace.minusNanos(System.nanoTime() - begin);
		Duration least = Duration.ofSeconds(2);
		await(() -> !app.isAlive(), (left.compareTo(least) > 0) ? left : least);
		if (app.isAlive()) {
			event(Kind.SIGKILL, "the grace period is over");
			app.kill();
		}
	}

	private synchronized void trouble(String trouble) {
		this.trouble = trouble;
	}

	private synchronized void wake() {
		notifyAll();
	}

	/**
	 * Waits for a condition, which is asked while this object is locked.
	 */
	private synchronized boolean await(BooleanSupplier condition, @Nullable Duration timeout)
			throws InterruptedException {
		long deadline = System.nanoTime() + ((timeout != null) ? timeout.toNanos() : 0);
		while (!condition.getAsBoolean()) {
			if (this.closed) {
				throw new InterruptedException("Closed");
			}
			if (timeout == null) {
				wait();
			}
			else {
				long remaining = deadline - System.nanoTime();
				if (remaining <= 0) {
					return false;
				}
				TimeUnit.NANOSECONDS.timedWait(this, Math.max(remaining, 1_000_000));
			}
		}
		return true;
	}

	private synchronized void event(Kind kind, String detail) {
		PodEvent event = new PodEvent(this.clock.get(), kind, detail);
		this.events.add(event);
		this.listener.event(this.name, event);
	}

	/**
	 * Ends the pod at once, with SIGKILL, waits until nothing of it runs, and removes its
	 * files. Its life stays readable.
	 */
	@Override
	public void close() {
		AppProcess running;
		synchronized (this) {
			this.closed = true;
			running = this.process;
		}
		if (running != null) {
			running.kill();
		}
		wake();
		try {
			this.life.join(TimeUnit.SECONDS.toMillis(15));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.workplace.close();
	}

	private final class FromProbes implements PodProbes.Listener {

		@Override
		public void answered(String detail) {
			synchronized (Pod.this) {
				Pod.this.lastProbe = detail;
			}
		}

		@Override
		public void started(String detail) {
			synchronized (Pod.this) {
				if (!Pod.this.started) {
					Pod.this.started = true;
					event(Kind.STARTUP_SUCCEEDED, detail);
				}
			}
		}

		@Override
		public void ready(boolean ready, String detail) {
			synchronized (Pod.this) {
				if (Pod.this.serving == ready || Pod.this.process == null) {
					return;
				}
				Pod.this.serving = ready;
				event(ready ? Kind.READY : Kind.NOT_READY, detail);
			}
			Pod.this.listener.changed();
		}

		@Override
		public void gaveUp(String detail) {
			synchronized (Pod.this) {
				event(Kind.PROBE_GAVE_UP, detail);
				Pod.this.notifyAll();
			}
		}

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
		 * The pod became ready or not ready, was deleted, or has gone.
		 */
		void changed();

	}

}
