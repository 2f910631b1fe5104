package io.podlifecycle.drain;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.podlifecycle.time.Ticker;

/**
 * All who take part in a shutdown. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Participants {

	private final List<Participant> participants;

	private final Map<String, PreStopTask> preStopTasks;

	private final List<Connections> connections;

	private final Executor executor;

	/**
	 * Bring them together.
	 * @param participants who has work of its own
	 * @param preStopTasks what to do first, by name
	 * @param connections what counts the connections of each server; empty where nothing
	 * serves the network
	 * @param executor runs each step of a participant, on a thread of its own
	 */
	public Participants(List<Participant> participants, Map<String, PreStopTask> preStopTasks,
			List<Connections> connections, Executor executor) {
		this.participants = List.copyOf(participants);
		this.preStopTasks = Map.copyOf(preStopTasks);
		this.connections = List.copyOf(connections);
		this.executor = executor;
	}

	/**
	 * An executor with a new daemon thread for each step: one that hangs keeps neither
	 * the others nor the process.
	 * @return the executor to use outside of tests
	 */
	public static Executor threadPerStep() {
		return (step) -> {
			Thread thread = new Thread(step, "pod-lifecycle-participant");
			thread.setDaemon(true);
			thread.start();
		};
	}

	boolean serveTheNetwork() {
		return !this.connections.isEmpty();
	}

	/**
	 * Return how many connections clients have open.
	 * @return the number
	 */
	public long openConnections() {
		return this.connections.stream().mapToLong(Connections::open).sum();
	}

	Farewell farewell(Ticker ticker) {
		return new Farewell(this.connections, this.executor, ticker);
	}

	Steps quiesce() {
		Steps steps = new Steps(this.executor);
		this.preStopTasks.forEach((name, task) -> steps.start("pre-stop task " + name, task));
		this.participants
			.forEach((participant) -> steps.start("quiesce of " + participant.name(), participant::quiesce));
		return steps;
	}

	Steps drain() {
		Steps steps = new Steps(this.executor);
		this.participants.forEach((participant) -> steps.start("drain of " + participant.name(), participant::drain));
		return steps;
	}

	boolean areIdle() {
		return this.participants.stream().allMatch((participant) -> inFlight(participant) == 0);
	}

	/**
	 * Return how much each participant has to do.
	 * @return the work in flight of each
	 */
	public List<ParticipantLoad> load() {
		return this.participants.stream()
			.map((participant) -> new ParticipantLoad(participant.name(), inFlight(participant), outcome(participant)))
			.toList();
	}

	/** Who cannot say how much it has to do is not waited for. */
	private static long inFlight(Participant participant) {
		try {
			return participant.inFlight();
		}
		catch (RuntimeException ex) {
			return 0;
		}
	}

	private static String outcome(Participant participant) {
		try {
			return participant.outcome();
		}
		catch (RuntimeException ex) {
			return "";
		}
	}

}
