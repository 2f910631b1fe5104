package io.podlifecycle.rehearsal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.pod.Pod;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;
import io.podlifecycle.rehearsal.time.Stopwatch;

/**
 * One run of one scenario: pods, their Service, and its clients. Closing it ends
 * everything, as does the end of this JVM.
 * <p>
 * The scenario runs in one thread; the pods' threads only tell of changes.
 */
final class ScenarioRun implements AutoCloseable, Pod.Listener {

	private static final Duration TICK = Duration.ofMillis(250);

	private static final Duration CLOSE = Duration.ofSeconds(60);

	private final Stopwatch stopwatch = Stopwatch.start();

	private final Settings settings;

	private final Service service;

	private final Clients clients;

	private final ScheduledThreadPoolExecutor timer;

	private final Thread endWithThisJvm = new Thread(this::close, "rehearsal-end");

	private final PodSet pods;

	private final Map<String, String> notes = new LinkedHashMap<>();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile String step = "starting the pods";

	private volatile Duration delay = Duration.ZERO;

	private volatile boolean finished;

	private ScenarioRun(Settings settings) {
		this.settings = settings;
		this.service = Service.open(settings, this::now, this::endpointsChanged);
		this.pods = new PodSet(settings, this.service, this.stopwatch, this);
		this.clients = new Clients(settings, this::now);
		this.timer = new ScheduledThreadPoolExecutor(2, (task) -> {
			Thread thread = new Thread(task, "rehearsal-timer");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Opens a run without pods.
	 * @param settings what it is made with
	 * @return the run
	 * @throws RehearsalException if the port of the Service is taken
	 */
	static ScenarioRun open(Settings settings) {
		ScenarioRun run = new ScenarioRun(settings);
		Runtime.getRuntime().addShutdownHook(run.endWithThisJvm);
		Future<?> unused = run.timer.scheduleAtFixedRate(run::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
		return run;
	}

	Settings settings() {
		return this.settings;
	}

	PodSet pods() {
		return this.pods;
	}

	private Duration now() {
		return this.stopwatch.elapsed();
	}

	private void endpointsChanged(EndpointChange change) {
		if (!this.finished) {
			this.settings.listener().endpointsChanged(change);
		}
	}

	private void tick() {
		List<Pod> now = this.pods.all();
		int ready = (int) now.stream().filter(Pod::isReady).count();
		int there = (int) now.stream().filter((pod) -> !pod.isTerminated()).count();
		this.settings.listener()
			.progress(new Progress(now(), this.step, ready, there, this.clients.requests(), this.clients.failed()));
	}

	/**
	 * Says what is done from now on.
	 */
	void step(String step) {
		this.step = step;
	}

	/**
	 * Adds to the settings of the result when something happened.
	 */
	void note(String what) {
		this.notes.put(what, "at " + RolloutText.seconds(now()));
	}

	/**
	 * Delays each process that is started from now on.
	 */
	void slow(Duration delay) {
		this.delay = delay;
	}

	/**
	 * Does something later.
	 */
	void after(Duration delay, Runnable action) {
		try {
			Future<?> unused = this.timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// Closed: nothing has an effect any more.
			return;
		}
	}

	@Override
	public void event(String pod, PodEvent event) {
		if (event.kind() == PodEvent.Kind.STARTED && !this.delay.isZero()) {
			Duration span = this.delay;
			after(Duration.ZERO, () -> signal(pod, "STOP"));
			after(span, () -> signal(pod, "CONT"));
		}
		if (!this.finished) {
			this.settings.listener().podEvent(pod, event);
		}
	}

	private void signal(String name, String signal) {
		try {
			this.pods.all().stream().filter((pod) -> pod.name().equals(name)).forEach((pod) -> pod.signal(signal));
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			// The process has ended in this very moment.
			return;
		}
	}

	@Override
	public void changed() {
		this.pods.changed();
	}

	/**
	 * Starts the replicas and waits until they serve.
	 */
	void begin() {
		for (int i = 0; i < this.settings.replicas(); i++) {
			this.pods.create(this.settings.pod());
		}
		awaitAllReady();
		this.service.awaitInEffect(this.pods.all());
	}

	void awaitAllReady() {
		this.pods.await("all pods to be ready", Duration.ZERO,
				() -> this.pods.active().stream().allMatch(Pod::isReady));
	}

	/**
	 * Starts the clients and lets them go on for a while.
	 */
	void startLoad() {
		step("watching the clients");
		this.clients.start(this.service.uri(this.settings.path()));
		this.pods.pause(this.settings.calm());
		this.clients.requireAnswers();
	}

	/**
	 * Waits until the last change of the endpoints is in effect, and lets the clients go
	 * on for a while.
	 */
	void settle() {
		step("watching the clients");
		this.service.awaitInEffect(this.pods.all());
		this.pods.pause(this.settings.calm());
	}

	/**
	 * Ends the load and tells what was seen.
	 */
	Rollout finish(String scenario) {
		step("ending the pods");
		// What happens from now on is the end of the rehearsal, not a part of it.
		this.finished = true;
		LoadResult result = this.clients.finish();
		Map<String, String> described = this.settings.describe();
		described.putAll(this.notes);
		return new Rollout(scenario, this.stopwatch.startedAt(), now(), described,
				this.pods.all().stream().map(Pod::life).toList(), this.service.changes(), this.clients.startedAt(),
				result, this.clients.slices());
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			try {
				endAll();
			}
			finally {
				this.ended.countDown();
			}
			return;
		}
		try {
			// Somebody else does it: whoever calls this relies on it being done.
			this.ended.await(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void endAll() {
		this.timer.shutdownNow();
		this.pods.close();
		this.service.close();
		this.clients.close();
		try {
			Runtime.getRuntime().removeShutdownHook(this.endWithThisJvm);
		}
		catch (IllegalStateException ex) {
			// This JVM is ending, which is why this is called.
			return;
		}
	}

}
