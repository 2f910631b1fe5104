package io.podlifecycle.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import io.podlifecycle.rehearsal.pod.Pod;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.time.Deadline;
import io.podlifecycle.rehearsal.time.Stopwatch;

/**
 * The pods of one run: creates them, keeps the endpoints of the Service up to date, and
 * waits until what is wanted of them has come about.
 * <p>
 * Thread-safe. This object guards the list of the pods, and those who wait are told of
 * each change. It may be locked before a pod or the Service, never after.
 */
final class PodSet implements AutoCloseable {

	private static final Duration ASK_AGAIN = Duration.ofMillis(250);

	private static final Duration SLACK = Duration.ofSeconds(10);

	private static final int LAST_LINES = 15;

	private final Settings settings;

	private final Service service;

	private final Stopwatch stopwatch;

	private final Pod.Listener listener;

	private final List<Pod> pods = new ArrayList<>();

	private volatile boolean exitsAreTolerated;

	private volatile boolean closed;

	/**
	 * Creates a set without pods.
	 * @param settings what is asked of the pods
	 * @param service what is in front of them
	 * @param stopwatch the time of their events
	 * @param listener is told of their events and changes
	 */
	PodSet(Settings settings, Service service, Stopwatch stopwatch, Pod.Listener listener) {
		this.settings = settings;
		this.service = service;
		this.stopwatch = stopwatch;
		this.listener = listener;
	}

	/**
	 * Creates a pod.
	 */
	synchronized Pod create(PodSpec spec) {
		failIfClosed();
		String name = nameOf(spec) + "-" + (this.pods.size() + 1);
		try {
			Pod pod = Pod.start(name, spec, this.stopwatch, this.listener);
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

	synchronized List<Pod> all() {
		return List.copyOf(this.pods);
	}

	/**
	 * Returns the pods that are not to end.
	 */
	synchronized List<Pod> active() {
		return this.pods.stream().filter((pod) -> !pod.isTerminating()).toList();
	}

	/**
	 * Lets a process end before its pod is ready, without giving up.
	 */
	void tolerateExits() {
		this.exitsAreTolerated = true;
	}

	/**
	 * A pod is not what it was: the endpoints may have to follow, and a wait may be over.
	 */
	synchronized void changed() {
		this.service.publish(this.pods);
		notifyAll();
	}

	/**
	 * Waits for a condition, which is asked whenever a pod has changed, and which may
	 * act.
	 * @param what what is waited for
	 * @param longer how much longer than usual this may take
	 * @param condition the condition
	 * @throws RehearsalException if it does not come about within the time that a pod may
	 * take to start and another to leave, counted from the last time that the number of
	 * ready pods or of those that are terminated changed
	 */
	synchronized void await(String what, Duration longer, BooleanSupplier condition) {
		Duration patience = this.settings.startTimeout().plus(longer).plus(grace());
		Deadline deadline = Deadline.in(patience);
		String standing = standing();
		while (!condition.getAsBoolean()) {
			failIfClosed();
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
		return this.pods.stream().map((pod) -> pod.isReady() + "," + pod.isTerminated()).toList().toString();
	}

	private void giveUpOnBrokenPods() {
		for (Pod pod : this.pods) {
			boolean ended = !this.exitsAreTolerated && pod.exits() > 0 && !pod.isTerminating();
			if (ended || (pod.isTerminated() && !pod.isTerminating())) {
				throw new RehearsalException(
						"A process has ended whose pod was to serve.\n" + pod.describe(LAST_LINES));
			}
		}
	}

	private String describeTroubles() {
		List<String> troubles = this.pods.stream()
			.filter((pod) -> pod.isTerminating() ? !pod.isTerminated() : !pod.isReady())
			.map((pod) -> pod.describe(LAST_LINES))
			.toList();
		return String.join("\n", troubles);
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

	private boolean waitOnce(Deadline deadline) {
		try {
			return deadline.waitOn(this, ASK_AGAIN);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RehearsalException("The rehearsal was interrupted", ex);
		}
	}

	private void failIfClosed() {
		if (this.closed) {
			throw new RehearsalException("The rehearsal was ended before its time");
		}
	}

	/**
	 * Ends every pod and every wait.
	 */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
			notifyAll();
		}
		all().forEach(Pod::close);
	}

}
