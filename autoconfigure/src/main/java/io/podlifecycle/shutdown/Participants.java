package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.podlifecycle.Internal;
import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.time.DaemonThreads;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * All that takes part in a shutdown. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class Participants implements AutoCloseable {

	/** Ample for threads that are idle. */
	private static final Duration TIME_TO_END = Duration.ofMillis(500);

	/**
	 * Long enough for a client to have received the first request to close its
	 * connection, and for what it had sent before to have arrived.
	 */
	private static final Duration CLOSE_REQUEST_INTERVAL = Duration.ofSeconds(1);

	private final List<Named> participants;

	private final Map<String, PreStopTask> preStopTasks;

	private final List<Connections> connections;

	private final Executor executor;

	/**
	 * Bring them together.
	 * @param participants who has work of its own
	 * @param preStopTasks what to do first, by name
	 * @param connections what counts the connections of each server; empty where nothing
	 * serves the network
	 * @param executor runs each task, on a thread of its own
	 */
	public Participants(List<Participant> participants, Map<String, PreStopTask> preStopTasks,
			List<Connections> connections, Executor executor) {
		this.participants = participants.stream().map(Named::new).toList();
		this.preStopTasks = Map.copyOf(preStopTasks);
		this.connections = List.copyOf(connections);
		this.executor = executor;
	}

	/**
	 * An executor with a daemon thread for each task that runs: one that hangs keeps
	 * neither the others nor the process. Threads are used again, and end when they are
	 * idle.
	 * @param classLoader the context class loader of the threads, that of the application
	 * @return the executor to use outside of tests
	 */
	public static ExecutorService threadPerTask(@Nullable ClassLoader classLoader) {
		return DaemonThreads.pool(Integer.MAX_VALUE, (task) -> {
			Thread thread = DaemonThreads.create("pod-lifecycle-shutdown-task", task);
			thread.setContextClassLoader(classLoader);
			return thread;
		});
	}

	/**
	 * Return whether one of them serves the network.
	 * @return {@code true} if there may be clients that have to learn of a shutdown
	 */
	public boolean serveTheNetwork() {
		return !this.connections.isEmpty();
	}

	/**
	 * Return how many connections clients have open.
	 * @return the number
	 */
	public long openConnections() {
		return this.connections.stream().mapToLong((some) -> orElse(some::open, 0L)).sum();
	}

	/**
	 * Return who has a connection open.
	 * @return the addresses
	 */
	Stream<Object> connectedPeers() {
		return this.connections.stream().flatMap((some) -> orElse(() -> some.peers().toList(), List.of()).stream());
	}

	/** What cannot be counted is not waited for. */
	private static <T> T orElse(Supplier<T> question, T otherwise) {
		try {
			return question.get();
		}
		catch (RuntimeException | Error ex) {
			return otherwise;
		}
	}

	/**
	 * Return the executor of all tasks.
	 * @return the executor, with a thread for each task
	 */
	public Executor executor() {
		return this.executor;
	}

	/**
	 * Start pre-stop tasks and the first step of each participant.
	 * @return the tasks
	 */
	public ShutdownTasks quiesce() {
		ShutdownTasks tasks = new ShutdownTasks(this.executor);
		this.preStopTasks.forEach((name, task) -> tasks.start("pre-stop task " + name, task));
		this.participants.forEach((named) -> tasks.start("quiesce of " + named.name(), named.participant()::quiesce));
		return tasks;
	}

	/**
	 * Start the second step of each participant.
	 * @return the tasks
	 */
	public ShutdownTasks drain() {
		ShutdownTasks tasks = new ShutdownTasks(this.executor);
		this.participants.forEach((named) -> tasks.start("drain of " + named.name(), named.participant()::drain));
		return tasks;
	}

	/**
	 * Return what asks the clients of each server to close their connections.
	 * @param ticker the source of time
	 * @return what has asked none of them yet
	 */
	ConnectionDrainer connectionDrainer(Ticker ticker) {
		return new ConnectionDrainer(ticker);
	}

	/**
	 * Return what asks all participants for their load.
	 * @param ticker the source of time
	 * @return what has asked none of them yet
	 */
	public ParticipantLoads loads(Ticker ticker) {
		return new ParticipantLoads(this.participants, this.executor, ticker);
	}

	/**
	 * Return how much each participant has to do.
	 * @return the work in flight of each
	 */
	public List<ParticipantLoad> load() {
		return this.participants.stream().map(Named::load).toList();
	}

	/**
	 * A participant whose name was asked for when the application started: a shutdown
	 * calls it on threads of its own only.
	 *
	 * @param name its name
	 * @param participant the participant
	 */
	record Named(String name, Participant participant) {

		Named(Participant participant) {
			this(participant.name(), participant);
		}

		ParticipantLoad load() {
			return new ParticipantLoad(this.name, orElse(this.participant::inFlight, 0L),
					orElse(this.participant::aborted, 0L), orElse(this.participant::outcome, ""));
		}

	}

	/**
	 * Repeats its requests, since clients may open new connections until they have
	 * learned of the shutdown. Used by one thread.
	 */
	final class ConnectionDrainer {

		private final Ticker ticker;

		private Deadline next;

		private ShutdownTasks last = new ShutdownTasks(Participants.this.executor);

		private ConnectionDrainer(Ticker ticker) {
			this.ticker = ticker;
			this.next = Deadline.after(Duration.ZERO, ticker);
		}

		void drainIfDue() {
			if (this.next.isOver() && areOver()) {
				this.next = Deadline.after(CLOSE_REQUEST_INTERVAL, this.ticker);
				ShutdownTasks requests = new ShutdownTasks(Participants.this.executor);
				Participants.this.connections
					.forEach((some) -> requests.start("request to close connections", some::requestClose));
				this.last = requests;
			}
		}

		boolean areOver() {
			return this.last.areOver();
		}

		List<Problem> giveUp() {
			return this.last.giveUp();
		}

	}

	/**
	 * End the threads that are idle, which a servlet container would report as leaked.
	 * Returns early if the thread is interrupted (its flag stays set).
	 */
	@Override
	public void close() {
		if (this.executor instanceof ExecutorService threads) {
			threads.shutdown();
			try {
				threads.awaitTermination(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
