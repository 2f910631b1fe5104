package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.time.Stopwatch;

/**
 * What the kubelet does to one pod, from the first init container to the end: run in a
 * thread of its own.
 */
record Kubelet(String name, PodSpec spec, PodPorts ports, Workplace workplace, PodStatus status) implements Runnable {

	private static final Duration EXIT_IS_KNOWN = Duration.ofSeconds(10);

	/** However long a preStop hook took, the kubelet leaves this after SIGTERM. */
	private static final Duration LEAST_AFTER_HOOK = Duration.ofSeconds(2);

	@Override
	public void run() {
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
			this.status.trouble(String.valueOf(ex.getMessage()));
		}
		finally {
			this.status.terminated();
		}
	}

	private boolean runInitContainers() throws InterruptedException, IOException {
		BackOff backOff = new BackOff(this.spec.backOffFactor());
		for (List<String> command : this.spec.initContainers()) {
			while (!runInitContainer(command)) {
				if (this.status.isTerminating() || this.spec.restartPolicy() == RestartPolicy.NEVER
						|| !backsOff(backOff, Duration.ZERO)) {
					return false;
				}
			}
			if (this.status.isTerminating()) {
				return false;
			}
		}
		return true;
	}

	private boolean runInitContainer(List<String> command) throws InterruptedException, IOException {
		this.status.event(Kind.INIT_STARTED, String.join(" ", command));
		Process init = this.workplace.command(command);
		try {
			CompletableFuture<Void> unused = init.onExit().thenRun(this.status::wake);
			this.status.await(() -> this.status.isTerminating() || !init.isAlive());
			if (init.isAlive()) {
				init.destroy();
				init.waitFor(this.spec.gracePeriod().toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		finally {
			Workplace.kill(init);
		}
		int code = init.waitFor();
		this.status.event(Kind.INIT_ENDED, "exit code " + code);
		return code == 0;
	}

	private void runContainers() throws InterruptedException, IOException {
		BackOff backOff = new BackOff(this.spec.backOffFactor());
		while (true) {
			Stopwatch ran = Stopwatch.start();
			int code = runContainer();
			if (this.status.isTerminating() || !this.spec.restartPolicy().restarts(code)
					|| !backsOff(backOff, ran.elapsed())) {
				return;
			}
			this.status.countRestart();
		}
	}

	private boolean backsOff(BackOff backOff, Duration ranFor) throws InterruptedException {
		Duration pause = backOff.next(ranFor);
		this.status.event(Kind.BACK_OFF, pause.toMillis() + " ms");
		return !this.status.await(this.status::isTerminating, pause);
	}

	private int runContainer() throws InterruptedException, IOException {
		PodProbes probes = new PodProbes(this.name, this.spec, this.ports, this.status);
		AppProcess app = this.status.begin(this.workplace);
		try {
			CompletableFuture<Void> unused = app.onExit().thenRun(this.status::wake);
			probes.start();
			this.status.await(() -> this.status.isTerminating() || probes.haveGivenUp() || !app.isAlive());
			if (app.isAlive()) {
				probes.beginTermination(this.status.isDeleted());
				end(app);
			}
			return app.awaitExit(EXIT_IS_KNOWN);
		}
		finally {
			probes.stop();
			app.close();
			this.status.exited(app);
		}
	}

	private void end(AppProcess app) throws InterruptedException {
		Stopwatch termination = Stopwatch.start();
		Duration grace = this.status.gracePeriod().orElse(this.spec.gracePeriod());
		PreStop hook = this.spec.preStop().orElse(null);
		if (hook != null) {
			this.status.event(Kind.PRE_STOP_STARTED, hook.toString());
			this.status.event(Kind.PRE_STOP_ENDED, new PreStopHook(hook, this.workplace, this.ports).run(grace, app));
		}
		if (app.isAlive()) {
			this.status.event(Kind.SIGTERM, "");
			app.terminate();
		}
		Duration left = grace.minus(termination.elapsed());
		this.status.await(() -> !app.isAlive(), (left.compareTo(LEAST_AFTER_HOOK) > 0) ? left : LEAST_AFTER_HOOK);
		if (app.isAlive()) {
			this.status.event(Kind.SIGKILL, "the grace period is over");
			app.kill();
		}
	}

}
