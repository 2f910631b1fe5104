package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.HttpProbe;

/**
 * Runs a preStop hook once.
 */
record PreStopHook(PreStop hook, Workplace workplace, PodPorts ports) {

	/**
	 * Runs the hook until it, the process or the grace period ends.
	 * @param grace how long it may take
	 * @param app the process whose end ends the hook
	 * @return how it ended, for people
	 * @throws InterruptedException if interrupted
	 */
	String run(Duration grace, AppProcess app) throws InterruptedException {
		if (this.hook instanceof PreStop.Sleep sleep) {
			boolean cut = sleep.duration().compareTo(grace) > 0;
			endsWithin(cut ? grace : sleep.duration(), app);
			return cut ? "cut off by the grace period" : "slept";
		}
		if (this.hook instanceof PreStop.HttpGet get) {
			return get(get, grace);
		}
		return exec(((PreStop.Exec) this.hook).command(), grace, app);
	}

	private static void endsWithin(Duration duration, AppProcess app) throws InterruptedException {
		try {
			app.onExit().get(duration.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			// It still runs, as it should.
			return;
		}
	}

	private String get(PreStop.HttpGet get, Duration grace) {
		try {
			return "status "
					+ HttpProbe.of("kube-lifecycle/1.33", grace).get(this.ports.uri(get.port(), get.path())).status();
		}
		catch (IOException ex) {
			return "failed: " + ex.getMessage();
		}
	}

	private String exec(List<String> command, Duration grace, AppProcess app) throws InterruptedException {
		Process process;
		try {
			process = this.workplace.command(command);
		}
		catch (IOException ex) {
			return "failed: " + ex.getMessage();
		}
		try {
			CompletableFuture.anyOf(process.onExit(), app.onExit()).get(grace.toNanos(), TimeUnit.NANOSECONDS);
			return process.isAlive() ? "the process ended first" : "exit code " + process.exitValue();
		}
		catch (TimeoutException | ExecutionException ex) {
			return "cut off by the grace period";
		}
		finally {
			Workplace.kill(process);
		}
	}

}
