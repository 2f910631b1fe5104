package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

import io.podlifecycle.Internal;
import io.podlifecycle.dependency.DependencyOutcome.State;
import io.podlifecycle.time.DaemonThreads;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.time.WakeupSignal;

/**
 * Waits for several dependencies in parallel. Each has a daemon thread of its own, so one
 * that hangs delays no other.
 *
 * @since 0.1.0
 */
@Internal
public final class DependencyWait implements DependencyMonitor {

	private final List<DependencyCheck> checks;

	private final Ticker ticker;

	private final WaitListener listener;

	private final PollingSchedule schedule;

	private final WakeupSignal wakeup = new WakeupSignal();

	private volatile boolean endsOnRefusal;

	private volatile List<Thread> threads = List.of();

	/**
	 * Prepare a wait; nothing is tried yet.
	 * @param dependencies what to wait for
	 * @param ticker the source of time
	 * @param sleeper sleeps between tries
	 * @param random random numbers from 0 (inclusive) to 1 (exclusive) for the jitter,
	 * safe for use by several threads
	 * @param listener is told how it goes on
	 */
	public DependencyWait(List<Dependency> dependencies, Ticker ticker, Sleeper sleeper, DoubleSupplier random,
			WaitListener listener) {
		this.schedule = new PollingSchedule(ticker, sleeper);
		this.checks = dependencies.stream()
			.map((dependency) -> new DependencyCheck(dependency, this.schedule, ticker, sleeper, random, this::tried,
					this.wakeup))
			.toList();
		this.ticker = ticker;
		this.listener = listener;
	}

	/**
	 * Let {@link #await} end as soon as a required dependency refuses for good.
	 * @return this wait
	 */
	public DependencyWait endingOnRefusal() {
		this.endsOnRefusal = true;
		return this;
	}

	/**
	 * Wait until every required dependency has answered or used up its own timeout, and
	 * every other one was tried once; until the time is over; or until the calling thread
	 * is interrupted (its flag stays set). No try goes on afterwards.
	 * @param timeout how long to wait at the most
	 * @param progressInterval how often to tell the listener what is missing
	 * @return how it ended
	 */
	public WaitResult await(Duration timeout, Duration progressInterval) {
		Stopwatch stopwatch = Stopwatch.start(this.ticker);
		Deadline deadline = Deadline.after(timeout, this.ticker);
		this.listener.started(this.checks.stream().map((check) -> check.outcome().dependency()).toList());
		this.threads = startChecks();
		try {
			awaitSettled(deadline, progressInterval);
			return new WaitResult(stopwatch.elapsed(), outcomes());
		}
		finally {
			close();
		}
	}

	private void awaitSettled(Deadline deadline, Duration progressInterval) {
		Deadline progress = deadline.orAfter(progressInterval);
		while (!isSettled() && !deadline.isOver() && this.wakeup.await(progress.remaining())) {
			if (progress.isOver() && !deadline.isOver()) {
				tellWhatIsMissing();
				progress = deadline.orAfter(progressInterval);
			}
		}
	}

	private void tellWhatIsMissing() {
		List<DependencyOutcome> missing = missing();
		if (!missing.isEmpty()) {
			this.listener.stillWaiting(missing);
		}
	}

	private void tried(DependencyOutcome outcome) {
		if (outcome.isAnswered()) {
			this.schedule.answered();
		}
		this.listener.tried(outcome);
	}

	/**
	 * Start the tries and return at once.
	 * @param reminderInterval how often to tell the listener at first of what is missing
	 * @return what goes on, to be closed by the caller
	 */
	public DependencyMonitor start(Duration reminderInterval) {
		List<Thread> threads = new ArrayList<>(startChecks());
		threads.add(DaemonThreads.start("await-reminder", () -> remind(reminderInterval)));
		this.threads = threads;
		return this;
	}

	private void remind(Duration interval) {
		Reminder reminder = new Reminder(interval, this.ticker);
		while (!missing().isEmpty()) {
			if (!this.wakeup.await(reminder.remaining())) {
				return;
			}
			if (reminder.isDue()) {
				tellWhatIsMissing();
			}
		}
		this.listener.ended(reminder.elapsed());
	}

	private List<Thread> startChecks() {
		return this.checks.stream().map(this::startCheck).toList();
	}

	private Thread startCheck(DependencyCheck check) {
		return DaemonThreads.start("await-" + check.outcome().dependency().name(), () -> run(check));
	}

	private void run(DependencyCheck check) {
		try {
			check.run();
		}
		finally {
			this.wakeup.wake();
		}
	}

	private boolean isSettled() {
		List<DependencyOutcome> outcomes = outcomes();
		return outcomes.stream().allMatch(DependencyWait::isSettled) || (this.endsOnRefusal
				&& outcomes.stream().anyMatch((outcome) -> outcome.dependency().required() && outcome.isRefused()));
	}

	private static boolean isSettled(DependencyOutcome outcome) {
		return outcome.dependency().required() ? outcome.isAnswered() || outcome.state() == State.GIVEN_UP
				: outcome.attempts() > 0;
	}

	@Override
	public List<DependencyOutcome> missing() {
		return outcomes().stream().filter((outcome) -> !outcome.isAnswered()).toList();
	}

	@Override
	public Map<String, Boolean> answers() {
		Map<String, Boolean> answers = new LinkedHashMap<>();
		outcomes().forEach((outcome) -> answers.put(outcome.dependency().name(), outcome.isAnswered()));
		return answers;
	}

	/**
	 * Return how far the wait has come.
	 * @return one outcome for each dependency, in the configured order
	 */
	@Override
	public List<DependencyOutcome> outcomes() {
		return this.checks.stream().map(DependencyCheck::outcome).toList();
	}

	@Override
	public void close() {
		this.threads.forEach(Thread::interrupt);
	}

}
