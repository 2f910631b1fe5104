package io.podlifecycle.process;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A {@link ServiceApplication} that says, when its context is closed and before the JVM
 * ends, which threads are left that should not be: those that would keep a JVM alive, and
 * those of the library.
 */
final class ChaosApplication {

	static final String THREADS_LEFT = "Threads left: ";

	/** One that has been told to end takes a moment. */
	private static final Duration TIME_TO_END = Duration.ofSeconds(2);

	private static final Set<String> THREADS_OF_THE_END = Set.of("main", "DestroyJavaVM",
			"SpringApplicationShutdownHook", "pod-lifecycle-supervisor", "pod-lifecycle-keep-alive",
			"pod-lifecycle-watchdog");

	private ChaosApplication() {
	}

	public static void main(String[] args) {
		Closed closed = new Closed(new AtomicBoolean());
		SpringApplication.getShutdownHandlers().add(() -> tellThreadsLeft(closed));
		SpringApplication application = new SpringApplication(ServiceApplication.class);
		application.addListeners(closed);
		application.run(args);
	}

	/** Before there is a context nothing is closed, and the JVM ends as it is. */
	private static void tellThreadsLeft(Closed closed) {
		if (!closed.flag().get()) {
			return;
		}
		new Poller(Sleeper.system(), Duration.ofMillis(10)).await(() -> threadsLeft().isEmpty(),
				Deadline.after(TIME_TO_END, Ticker.system()));
		// The logging system has been shut down.
		System.out.println(THREADS_LEFT + threadsLeft());
	}

	private static List<String> threadsLeft() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !THREADS_OF_THE_END.contains(thread.getName()))
			.filter((thread) -> !thread.isDaemon() || isOurs(thread))
			.map(Thread::getName)
			.sorted()
			.toList();
	}

	private static boolean isOurs(Thread thread) {
		ThreadGroup group = thread.getThreadGroup();
		String name = thread.getName();
		return name.startsWith("pod-lifecycle") || name.startsWith("await-") || name.startsWith("watch-")
				|| (group != null && group.getName().equals("pod-lifecycle-probes"));
	}

	/**
	 * Notes that the context was closed.
	 *
	 * @param flag where to note it
	 */
	private record Closed(AtomicBoolean flag) implements ApplicationListener<ContextClosedEvent> {

		@Override
		public void onApplicationEvent(ContextClosedEvent event) {
			this.flag.set(true);
		}

	}

}
