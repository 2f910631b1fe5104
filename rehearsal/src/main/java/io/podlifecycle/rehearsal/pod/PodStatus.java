package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.time.Deadline;
import io.podlifecycle.rehearsal.time.Stopwatch;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pod: its events, its process, and whether it is ready. Whoever waits
 * for it is told of each change. Thread-safe; the listener hears of events while this is
 * locked, and of changes while it is not.
 */
final class PodStatus implements PodProbes.Listener {

	private static final Duration EXIT_IS_KNOWN = Duration.ofSeconds(10);

	private final String name;

	private final int port;

	private final Stopwatch stopwatch;

	private final Pod.Listener listener;

	private final List<PodEvent> events = new ArrayList<>();

	private final List<LogLine> pastLog = new ArrayList<>();

	private @Nullable AppProcess process;

	private @Nullable Integer exitCode;

	private int restarts;

	private boolean started;

	private boolean serving;

	private boolean deleted;

	private @Nullable Duration gracePeriod;

	private boolean closed;

	private boolean terminated;

	private String lastProbe = "";

	private String givenUp = "";

	private String trouble = "";

	PodStatus(String name, int port, Stopwatch stopwatch, Pod.Listener listener) {
		this.name = name;
		this.port = port;
		this.stopwatch = stopwatch;
		this.listener = listener;
	}

	synchronized boolean isServing() {
		return this.serving;
	}

	synchronized boolean isDeleted() {
		return this.deleted;
	}

	/**
	 * Tells whether the pod is to end: it was deleted, or its node shuts down.
	 */
	synchronized boolean isTerminating() {
		return this.gracePeriod != null;
	}

	/**
	 * Returns how long the end of the pod may take, if it is to end.
	 */
	synchronized Optional<Duration> gracePeriod() {
		return Optional.ofNullable(this.gracePeriod);
	}

	synchronized boolean isReady() {
		return this.serving && !this.deleted;
	}

	synchronized boolean isTerminated() {
		return this.terminated;
	}

	synchronized long exits() {
		return this.events.stream().filter((event) -> event.kind() == Kind.EXITED).count();
	}

	synchronized @Nullable AppProcess process() {
		return this.process;
	}

	synchronized void event(Kind kind, String detail) {
		PodEvent event = new PodEvent(this.stopwatch.elapsed(), kind, detail);
		this.events.add(event);
		this.listener.event(this.name, event);
	}

	void terminate(Kind reason, Duration gracePeriod) {
		synchronized (this) {
			if (this.gracePeriod != null) {
				return;
			}
			this.gracePeriod = gracePeriod;
			this.deleted = reason == Kind.DELETED;
			event(reason, "grace period " + gracePeriod.toMillis() + " ms");
			notifyAll();
		}
		this.listener.changed();
	}

	/**
	 * Starts a process, unless the pod was closed.
	 */
	synchronized AppProcess begin(Workplace workplace) throws InterruptedException, IOException {
		failIfClosed();
		AppProcess app = workplace.start();
		this.process = app;
		this.started = false;
		event(Kind.STARTED, "process " + app.pid());
		return app;
	}

	void exited(AppProcess app) {
		boolean wasServing;
		synchronized (this) {
			int code = app.awaitExit(EXIT_IS_KNOWN);
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

	synchronized void countRestart() {
		this.restarts++;
	}

	synchronized void trouble(String trouble) {
		this.trouble = trouble;
	}

	void terminated() {
		synchronized (this) {
			this.terminated = true;
			this.serving = false;
			event(Kind.TERMINATED, this.trouble);
			notifyAll();
		}
		this.listener.changed();
	}

	@Override
	public synchronized void answered(String detail) {
		this.lastProbe = detail;
	}

	@Override
	public synchronized void started(String detail) {
		if (!this.started) {
			this.started = true;
			event(Kind.STARTUP_SUCCEEDED, detail);
		}
	}

	@Override
	public void ready(boolean ready, String detail) {
		synchronized (this) {
			if (this.serving == ready || this.process == null) {
				return;
			}
			this.serving = ready;
			event(ready ? Kind.READY : Kind.NOT_READY, detail);
		}
		this.listener.changed();
	}

	@Override
	public synchronized void gaveUp(String detail) {
		this.givenUp = detail;
		event(Kind.PROBE_GAVE_UP, detail);
		notifyAll();
	}

	/**
	 * Waits for a condition without an end.
	 * @param condition the condition, asked while this is locked
	 * @throws InterruptedException if interrupted, or the pod was closed
	 */
	synchronized void await(BooleanSupplier condition) throws InterruptedException {
		while (!condition.getAsBoolean()) {
			failIfClosed();
			wait();
		}
	}

	/**
	 * Waits for a condition for a while.
	 * @param condition the condition, asked while this is locked
	 * @param timeout how long to wait at most
	 * @return whether it came about
	 * @throws InterruptedException if interrupted, or the pod was closed
	 */
	synchronized boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
		boolean met = Deadline.in(timeout).await(this, () -> condition.getAsBoolean() || this.closed);
		if (!condition.getAsBoolean()) {
			failIfClosed();
		}
		return met;
	}

	private void failIfClosed() throws InterruptedException {
		if (this.closed) {
			throw new InterruptedException("Closed");
		}
	}

	synchronized void wake() {
		notifyAll();
	}

	/**
	 * Ends all waits, and the process, and lets no other be started.
	 */
	void close() {
		AppProcess running;
		synchronized (this) {
			this.closed = true;
			running = this.process;
			notifyAll();
		}
		if (running != null) {
			running.kill();
		}
	}

	synchronized PodLife life(String terminationMessage, String journal) {
		Integer code = (this.process == null) ? this.exitCode : null;
		List<PodEvent> all = Stream.concat(this.events.stream(), WaitEvents.of(journal, this.stopwatch.startedAt()))
			.sorted(Comparator.comparing(PodEvent::at))
			.toList();
		return new PodLife(this.name, this.port, all, code, this.restarts, terminationMessage, log());
	}

	private List<LogLine> log() {
		List<LogLine> log = new ArrayList<>(this.pastLog);
		if (this.process != null) {
			log.addAll(this.process.log());
		}
		return log;
	}

	synchronized String describe(int lines) {
		StringBuilder text = new StringBuilder("Pod " + this.name + " on port " + this.port + ": ");
		PodEvent last = this.events.get(this.events.size() - 1);
		text.append(last.kind()).append(last.detail().isEmpty() ? "" : " (" + last.detail() + ")");
		text.append((this.exitCode == null) ? "" : ". Its last process to end did so with exit code " + this.exitCode);
		text.append(this.givenUp.isEmpty() ? "" : ". A probe gave a process up: " + this.givenUp);
		text.append(this.trouble.isEmpty() ? "" : ". " + this.trouble);
		text.append(this.lastProbe.isEmpty() ? "" : ". Last probe: " + this.lastProbe);
		List<LogLine> log = log();
		text.append(log.isEmpty() ? ". It has written nothing." : ". Its last lines:");
		log.subList(Math.max(0, log.size() - lines), log.size())
			.forEach((line) -> text.append("\n    ").append(line.text()));
		return text.toString();
	}

}
