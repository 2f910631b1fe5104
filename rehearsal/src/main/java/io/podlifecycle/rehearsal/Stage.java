package io.podlifecycle.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.pod.Pod;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;
import io.podlifecycle.rehearsal.time.Deadline;
import io.podlifecycle.rehearsal.time.Stopwatch;

/**
 * One run of one scenario: pods, their Service, and its clients. Closing it ends
 * everything, as does the end of this JVM.
 * <p>
 * The scenario runs in one thread; the pods' threads only tell of changes. This object
 * guards the list of the pods and its waiters are told of each change. It may be locked
 * before a pod or the Service, never after.
 */
final class Stage implements AutoCloseable, Pod.Listener {

	private static final Duration TICK = Duration.ofMillis(250);

	private static final Duration SLACK = Duration.ofSeconds(10);

	private static final Duration CLOSE = Duration.ofSeconds(60);

	private static final int LAST_LINES = 15;

	private final Stopwatch stopwatch = Stopwatch.start();

	private final Settings settings;

	private final Service service;

	private final Clients clients;

	private final ScheduledThreadPoolExecutor timer;

	private final Thread endWithThisJvm = new Thread(this::close, "rehearsal-end");

	private final List<Pod> pods = new ArrayList<>();

	private final Map<String, String> notes = new LinkedHashMap<>();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile String step = "starting the pods";

	private volatile Duration delay = Duration.ZERO;

	private volatile boolean exitsAreTolerated;

	private volatile boolean finished;

	private Stage(Settings settings) {
		this.settings = settings;
		this.service = Service.open(settings, this::now, this::endpointsChanged);
		this.clients = new Clients(settings, this::now);
		this.timer = new ScheduledThreadPoolExecutor(2, (task) -> {
			Thread thread = new Thread(task, "rehearsal-timer");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Opens a stage without pods.
	 * @param settings what it is made with
	 * @return the stage
	 * @throws RehearsalException if the port of the Service is taken
	 */
	static Stage open(Settings settings) {
		Stage stage = new Stage(settings);
		Runtime.getRuntime().addShutdownHook(stage.endWithThisJvm);
		Future<?> unused = stage.timer.scheduleAtFixedRate(stage::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
		return stage;
	}

	Settings settings() {
		return this.settings;
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
		List<Pod> now = pods();
		int ready = (int) now.stream().filter(Pod::isReady).count();
		int there = (int) now.stream().filter((pod) -> !pod.isGone()).count();
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
	 * Lets a process end before its pod is ready, without giving up.
	 */
	void tolerateExits() {
		this.exitsAreTolerated = true;
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

	/**
	 * Creates a pod.
	 */
	synchronized Pod create(PodSpec spec) {
		failIfClosed();
		String name = nameOf(spec) + "-" + (this.pods.size() + 1);
		try {
			Pod pod = Pod.start(name, spec, this::now, this);
			this.pods.add(pod);
			this.service.name(pod);
			return pod;
		}
		catch (IllegalArgumentException ex) {
			throw new RehearsalException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static String nameOf(PodSpec spec) {
		String application = spec.application().replaceFirst("\\.jar$", "").replaceFirst("^(\\w+\\.)+", "");
		return application.replaceAll("[^A-Za-z0-9-]", "-").toLowerCase(Locale.ROOT);
	}

	private synchronized List<Pod> pods() {
		return List.copyOf(this.pods);
	}

	/**
	 * Returns the pods that are not deleted.
	 */
	synchronized List<Pod> active() {
		return this.pods.stream().filter((pod) -> !pod.isDeleted()).toList();
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
			pods().stream().filter((pod) -> pod.name().equals(name)).forEach((pod) -> pod.signal(signal));
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			// The process has ended in this very moment.
			return;
		}
	}

	@Override
	public synchronized void changed() {
		this.service.publish(this.pods);
		notifyAll();
	}

	/**
	 * Starts the replicas and waits until they serve.
	 */
	void begin() {
		for (int i = 0; i < this.settings.replicas(); i++) {
			create(this.settings.pod());
		}
		awaitAllReady();
		this.service.awaitInEffect();
	}

	void awaitAllReady() {
		await("all pods to be ready", Duration.ZERO, () -> active().stream().allMatch(Pod::isReady));
	}

	/**
	 * Waits for a condition, which is asked whenever a pod has changed, and which may
	 * act.
	 * @param what what is waited for
	 * @param longer how much longer than usual this may take
	 * @param condition the condition
	 * @throws RehearsalException if it does not come about within the time that a pod may
	 * take to start and another to leave, counted from the last time that the number of
	 * ready pods or of those that are gone changed
	 */
	synchronized void await(String what, Duration longer, BooleanSupplier condition) {
		Duration patience = this.settings.startTimeout().plus(longer).plus(grace());
		Deadline deadline = Deadline.in(patience);
		String standing = standing();
		while (!condition.getAsBoolean()) {
			giveUpOnBrokenPods();
			if (!standing.equals(standing())) {
				standing = standing();
				deadline = Deadline.in(patience);
			}
			if (!waitOnce(deadline)) {
				throw new RehearsalException(
						"Waited " + Settings.text(patience) + " in vain for " + what + ".\n" + describeTroubles());
			}
		}
	}

	private Duration grace() {
		return active().stream().allMatch(Pod::isReady) ? this.settings.pod().gracePeriod().plus(SLACK) : Duration.ZERO;
	}

	private String standing() {
		return this.pods.stream().map((pod) -> pod.isReady() + "," + pod.isGone()).toList().toString();
	}

	private void giveUpOnBrokenPods() {
		failIfClosed();
		for (Pod pod : this.pods) {
			boolean ended = !this.exitsAreTolerated && pod.exits() > 0 && !pod.isDeleted();
			if (ended || (pod.isGone() && !pod.isDeleted())) {
				throw new RehearsalException(
						"A process has ended whose pod was to serve.\n" + pod.describe(LAST_LINES));
			}
		}
	}

	private String describeTroubles() {
		List<String> troubles = this.pods.stream()
			.filter((pod) -> pod.isDeleted() ? !pod.isGone() : !pod.isReady())
			.map((pod) -> pod.describe(LAST_LINES))
			.toList();
		return String.join("\n", troubles);
	}

	private boolean waitOnce(Deadline deadline) {
		try {
			return deadline.waitOn(this, TICK);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RehearsalException("The rehearsal was interrupted", ex);
		}
	}

	private void failIfClosed() {
		if (this.closed.get()) {
			throw new RehearsalException("The rehearsal was ended before its time");
		}
	}

	/**
	 * Lets a time go by.
	 */
	synchronized void pause(Duration time) {
		Deadline deadline = Deadline.in(time);
		do {
			failIfClosed();
		}
		while (waitOnce(deadline));
	}

	/**
	 * Starts the clients and lets them go on for a while.
	 */
	void startLoad() {
		step("watching the clients");
		this.clients.start(this.service.uri(this.settings.path()));
		pause(this.settings.calm());
		this.clients.requireAnswers();
	}

	/**
	 * Waits until the last change of the endpoints is in effect, and lets the clients go
	 * on for a while.
	 */
	void settle() {
		step("watching the clients");
		this.service.awaitInEffect();
		pause(this.settings.calm());
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
				pods().stream().map(Pod::life).toList(), this.service.changes(), this.clients.startedAt(), result,
				this.clients.slices());
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
		synchronized (this) {
			notifyAll();
		}
		this.timer.shutdownNow();
		pods().forEach(Pod::close);
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
