package io.podlifecycle.task;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.time.DaemonThreads;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.work.InFlight;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * The tasks of {@code @Scheduled} and of schedulers. Those that take in work are not
 * triggered any more when the shutdown begins. The others go on until all other work is
 * done, since it may need what they keep up. Then only what runs is waited for.
 *
 * @since 0.1.0
 */
final class ScheduledTasks implements Participant, ShutdownListener {

	private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

	private final ConfigurableListableBeanFactory beanFactory;

	private final SchedulerBeans schedulers;

	private final InFlight inFlight;

	private final Supplier<Stream<Participant>> participants;

	private final LongSupplier threadPerTask;

	private final Sleeper sleeper;

	private volatile AnnotatedTasks annotated = new AnnotatedTasks(List.of());

	private volatile Map<String, PeriodicTasks> scheduled = Map.of();

	private volatile boolean draining;

	private volatile boolean ended;

	private volatile boolean drained;

	private volatile long interrupted;

	/**
	 * Create a participant.
	 * @param beanFactory knows the schedulers, and the tasks of {@code @Scheduled}
	 * @param ignored names of schedulers to leave alone
	 * @param stopOnQuiesce names of beans whose tasks take in work
	 * @param inFlight work that may need the tasks
	 * @param participants returns who else has such work
	 * @param threadPerTask returns how many tasks schedulers run on threads of their own
	 * @param sleeper sleeps between two looks at the other work
	 */
	public ScheduledTasks(ConfigurableListableBeanFactory beanFactory, Collection<String> ignored,
			Collection<String> stopOnQuiesce, InFlight inFlight, Supplier<Stream<Participant>> participants,
			LongSupplier threadPerTask, Sleeper sleeper) {
		this.beanFactory = beanFactory;
		this.schedulers = new SchedulerBeans(beanFactory, ignored, stopOnQuiesce);
		this.inFlight = inFlight;
		this.participants = participants;
		this.threadPerTask = threadPerTask;
		this.sleeper = sleeper;
	}

	@Override
	public String name() {
		return "scheduled tasks";
	}

	@Override
	public void quiesce() {
		List<ScheduledTask> tasks = annotatedTasks();
		this.annotated = new AnnotatedTasks(tasks);
		this.scheduled = this.schedulers.tasks();
		new AnnotatedTasks(tasks.stream().filter(this.schedulers::takesInWork).toList()).end();
		this.schedulers.shutDownThoseThatTakeInWork();
	}

	/** Other work may take the whole drain, so the end does not hold up this step. */
	@Override
	public void drain() {
		DaemonThreads.start("pod-lifecycle-scheduled-tasks", this::endAfterOtherWork);
		// Without that thread nothing would end the tasks, and they are not waited for.
		this.draining = true;
	}

	private void endAfterOtherWork() {
		do {
			if (this.ended || isOtherWorkDone()) {
				end();
			}
		}
		while (!this.drained && this.sleeper.sleepUnlessInterrupted(LOOK_INTERVAL));
	}

	@Override
	public long inFlight() {
		// Until tasks have ended, the next run may begin between two looks.
		boolean aboutToEnd = this.draining && !this.ended && !isEmpty() && isOtherWorkDone();
		return Math.max(aboutToEnd ? 1 : 0, running());
	}

	/**
	 * Return how many tasks have ended because they were interrupted.
	 */
	@Override
	public long aborted() {
		return Math.max(0, this.interrupted - running());
	}

	/**
	 * Return the schedulers that are busy.
	 * @return their names
	 */
	@Override
	public String outcome() {
		return !this.ended ? ""
				: this.scheduled.entrySet()
					.stream()
					.filter((entry) -> entry.getValue().running() > 0)
					.map(Map.Entry::getKey)
					.sorted()
					.collect(Collectors.joining(", "));
	}

	@Override
	public void drained(ShutdownReport report) {
		giveUp();
	}

	/** What still runs was waited for long enough. */
	void giveUp() {
		this.drained = true;
		end();
		this.interrupted = this.scheduled.values()
			.stream()
			.filter((tasks) -> tasks.running() > 0)
			.mapToLong(PeriodicTasks::giveUp)
			.sum();
	}

	/**
	 * Return whether a bean runs or has periodic tasks.
	 * @param bean the name of the bean
	 * @return {@code false} if it does nothing of the kind
	 */
	public boolean existFor(String bean) {
		return this.schedulers.hasTasks(bean, annotatedTasks());
	}

	private List<ScheduledTask> annotatedTasks() {
		return this.beanFactory.getBeanProvider(ScheduledTaskHolder.class)
			.stream()
			.flatMap((holder) -> holder.getScheduledTasks().stream())
			.toList();
	}

	private boolean isOtherWorkDone() {
		return this.inFlight.count() == 0 && this.participants.get()
			.filter((participant) -> !(participant instanceof ScheduledTasks))
			.allMatch(ScheduledTasks::isIdle);
	}

	private static boolean isIdle(Participant participant) {
		try {
			return participant.inFlight() == 0;
		}
		catch (RuntimeException ex) {
			return true;
		}
	}

	private boolean isEmpty() {
		return this.annotated.tasks().isEmpty() && this.scheduled.isEmpty();
	}

	private synchronized void end() {
		try {
			this.annotated.end();
			this.scheduled.values().forEach(PeriodicTasks::end);
		}
		finally {
			this.ended = true;
		}
	}

	/** Tasks of {@code @Scheduled} may be among those of the schedulers. */
	private long running() {
		long running = this.scheduled.values().stream().mapToLong(PeriodicTasks::running).sum();
		return Math.max(this.annotated.running(), running + this.threadPerTask.getAsLong());
	}

}
