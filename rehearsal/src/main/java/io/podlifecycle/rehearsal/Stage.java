package io.podlifecycle.rehearsal;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.load.RunningLoad;
import io.podlifecycle.rehearsal.node.FrontProxy;
import io.podlifecycle.rehearsal.pod.Pod;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.jspecify.annotations.Nullable;

/**
 * One run of one scenario: pods, their Service, and its clients. Closing it ends
 * everything, as does the end of this JVM.
 * <p>
 * The scenario runs in one thread; the pods' threads only tell of changes. This object
 * guards the list of the pods and its waiters are told of each change. It may be locked
 * before a pod or the proxy, never after.
 */
final class Stage implements AutoCloseable, Pod.Listener {

	private static final Duration SLICE = Duration.ofMillis(500);

	private static final Duration TICK = Duration.ofMillis(250);

	private static final Duration MAX_LOAD = Duration.ofHours(6);

	private static final Duration SLACK = Duration.ofSeconds(10);

	private static final Duration CLOSE = Duration.ofSeconds(60);

	private static final int FIRST_REQUESTS = 10;

	private static final int LAST_LINES = 15;

	private final Instant startedAt = Instant.now();

	private final long startNanos = System.nanoTime();

	private final Settings settings;

	private final Random random;

	private final FrontProxy proxy;

	private final SliceRecorder slices = new SliceRecorder(SLICE, this::now);

	private final ScheduledThreadPoolExecutor timer;

	private final Thread endWithThisJvm = new Thread(this::close, "rehearsal-end");

	private final List<Pod> pods = new ArrayList<>();

	private final List<EndpointChange> changes = new ArrayList<>();

	private final Map<InetSocketAddress, String> names = new HashMap<>();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final CountDownLatch ended = new CountDownLatch(1);

	private List<InetSocketAddress> published = List.of();

	private volatile String step = "starting the pods";

	private volatile Duration delay = Duration.ZERO;

	private volatile boolean exitsAreTolerated;

	private volatile boolean finished;

	private Duration loadStartedAt = Duration.ZERO;

	private volatile @Nullable RunningLoad load;

	private Stage(Settings settings) {
		this.settings = settings;
		this.random = new Random(settings.seed());
		this.proxy = FrontProxy.start(settings.servicePort(), this::nextLag, this::inEffect);
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
		try {
			Stage stage = new Stage(settings);
			Runtime.getRuntime().addShutdownHook(stage.endWithThisJvm);
			Future<?> unused = stage.timer.scheduleAtFixedRate(stage::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
			return stage;
		}
		catch (UncheckedIOException ex) {
			throw new RehearsalException("The Service cannot listen on port " + settings.servicePort()
					+ ": another process does. Choose another port, or 0 for a free one.", ex);
		}
	}

	Settings settings() {
		return this.settings;
	}

	private Duration now() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

	private Duration nextLag() {
		long min = this.settings.minLag().toMillis();
		long max = this.settings.maxLag().toMillis();
		return Duration.ofMillis((min == max) ? min : this.random.nextLong(min, max + 1));
	}

	private void inEffect(List<InetSocketAddress> endpoints) {
		EndpointChange change;
		synchronized (this.changes) {
			change = new EndpointChange(now(),
					endpoints.stream()
						.map((endpoint) -> this.names.getOrDefault(endpoint, endpoint.toString()))
						.toList());
			this.changes.add(change);
		}
		if (!this.finished) {
			this.settings.listener().endpointsChanged(change);
		}
	}

	private void tick() {
		RunningLoad current = this.load;
		List<Pod> now = pods();
		int ready = (int) now.stream().filter(Pod::isReady).count();
		int there = (int) now.stream().filter((pod) -> !pod.isGone()).count();
		this.settings.listener()
			.progress(new Progress(now(), this.step, ready, there, (current != null) ? current.requests() : 0,
					(current != null) ? current.failed() : 0));
	}

	/**
	 * Says what is done from now on.
	 */
	void step(String step) {
		this.step = step;
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
		if (this.closed.get()) {
			throw new RehearsalException("The rehearsal was ended before its time");
		}
		String name = nameOf(spec) + "-" + (this.pods.size() + 1);
		try {
			Pod pod = Pod.start(name, spec, this::now, this);
			this.pods.add(pod);
			synchronized (this.changes) {
				this.names.put(pod.endpoint(), name);
			}
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
		List<InetSocketAddress> ready = endpoints(Pod::isReady);
		if (ready.isEmpty()) {
			// kube-proxy falls back to those that leave and still serve.
			ready = endpoints((pod) -> pod.isDeleted() && pod.isServing());
		}
		if (!ready.equals(this.published)) {
			this.published = ready;
			this.proxy.endpoints(ready);
		}
		notifyAll();
	}

	private List<InetSocketAddress> endpoints(Predicate<Pod> wanted) {
		return this.pods.stream().filter(wanted).map(Pod::endpoint).toList();
	}

	/**
	 * Starts the replicas and waits until they serve.
	 */
	void begin() {
		for (int i = 0; i < this.settings.replicas(); i++) {
			create(this.settings.pod());
		}
		awaitAllReady();
		awaitInEffect();
	}

	void awaitAllReady() {
		await("all pods to be ready", Duration.ZERO, () -> active().stream().allMatch(Pod::isReady));
	}

	private void awaitInEffect() {
		List<InetSocketAddress> wanted;
		synchronized (this) {
			wanted = this.published;
		}
		try {
			this.proxy.awaitEndpoints(wanted, this.settings.maxLag().plus(SLACK));
		}
		catch (AssertionError ex) {
			throw new RehearsalException(String.valueOf(ex.getMessage()), ex);
		}
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
		long deadline = System.nanoTime() + patience.toNanos();
		String standing = standing();
		while (!condition.getAsBoolean()) {
			giveUpOnBrokenPods();
			if (!standing.equals(standing())) {
				standing = standing();
				deadline = System.nanoTime() + patience.toNanos();
			}
			long remaining = deadline - System.nanoTime();
			if (remaining <= 0) {
				throw new RehearsalException(
						"Waited " + Settings.text(patience) + " in vain for " + what + ".\n" + describeTroubles());
			}
			waitFor(Math.min(remaining, TICK.toNanos()));
		}
	}

	private Duration grace() {
		return active().stream().allMatch(Pod::isReady) ? this.settings.pod().gracePeriod().plus(SLACK) : Duration.ZERO;
	}

	private String standing() {
		return this.pods.stream().map((pod) -> pod.isReady() + "," + pod.isGone()).toList().toString();
	}

	private void giveUpOnBrokenPods() {
		if (this.closed.get()) {
			throw new RehearsalException("The rehearsal was ended before its time");
		}
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

	private void waitFor(long nanos) {
		try {
			TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 1_000_000));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RehearsalException("The rehearsal was interrupted", ex);
		}
	}

	/**
	 * Lets a time go by.
	 */
	synchronized void pause(Duration time) {
		long deadline = System.nanoTime() + time.toNanos();
		for (long remaining = time.toNanos(); remaining > 0; remaining = deadline - System.nanoTime()) {
			waitFor(remaining);
			if (this.closed.get()) {
				throw new RehearsalException("The rehearsal was ended before its time");
			}
		}
	}

	/**
	 * Starts the clients and lets them go on for a while.
	 */
	void startLoad() {
		step("watching the clients");
		Load.Builder builder = Load.builder(this.proxy.uri(this.settings.path()), MAX_LOAD).listener(this.slices);
		this.settings.load().accept(builder);
		this.loadStartedAt = now();
		RunningLoad started = builder.start();
		this.load = started;
		pause(this.settings.calm());
		try {
			started.awaitRequests(FIRST_REQUESTS, this.settings.startTimeout());
		}
		catch (AssertionError ex) {
			throw new RehearsalException("The clients get no answers: " + ex.getMessage(), ex);
		}
		LoadResult first = started.snapshot();
		if (first.failed() == first.requests()) {
			throw new RehearsalException("Not one request to " + this.settings.path()
					+ " succeeded, with all pods ready: " + first.failures().get(0).kind() + " "
					+ first.failures().get(0).detail() + ". Is this the path that the application serves?");
		}
	}

	/**
	 * Waits until the last change of the endpoints is in effect, and lets the clients go
	 * on for a while.
	 */
	void settle() {
		step("watching the clients");
		awaitInEffect();
		pause(this.settings.calm());
	}

	/**
	 * Ends the load and tells what was seen.
	 */
	Rollout finish(String scenario) {
		step("ending the pods");
		// What happens from now on is the end of the rehearsal, not a part of it.
		this.finished = true;
		RunningLoad running = this.load;
		if (running == null) {
			throw new IllegalStateException("There is no load");
		}
		LoadResult result;
		try {
			result = running.stop();
		}
		catch (AssertionError ex) {
			// A client hangs: what the others saw is worth having.
			result = running.snapshot();
		}
		List<EndpointChange> endpoints;
		synchronized (this.changes) {
			endpoints = List.copyOf(this.changes);
		}
		return new Rollout(scenario, this.startedAt, now(), this.settings.describe(),
				pods().stream().map(Pod::life).toList(), endpoints, this.loadStartedAt, result, this.slices.finish());
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
		this.proxy.close();
		RunningLoad running = this.load;
		if (running != null) {
			try {
				running.stop();
			}
			catch (AssertionError ex) {
				// A client hangs; its thread is a daemon.
				this.step = "ended";
			}
		}
		try {
			Runtime.getRuntime().removeShutdownHook(this.endWithThisJvm);
		}
		catch (IllegalStateException ex) {
			// This JVM is ending, which is why this is called.
			return;
		}
	}

}
