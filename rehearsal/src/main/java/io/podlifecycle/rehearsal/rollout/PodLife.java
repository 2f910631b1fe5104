package io.podlifecycle.rehearsal.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.podlifecycle.rehearsal.process.LogLine;
import org.jspecify.annotations.Nullable;

/**
 * The life of one pod. Immutable.
 *
 * @param name its name
 * @param port the port on which it served
 * @param events what happened to it, in order
 * @param exitCode the exit code of its last process; {@code null} if that still ran at
 * the end
 * @param restarts how often its process was started again
 * @param terminationMessage what its last process left as termination message; empty if
 * it left none
 * @param log what its processes wrote
 * @since 0.1.0
 */
public record PodLife(String name, int port, List<PodEvent> events, @Nullable Integer exitCode, int restarts,
		String terminationMessage, List<LogLine> log) {

	/**
	 * Copies the collections.
	 */
	public PodLife {
		events = List.copyOf(events);
		log = List.copyOf(log);
	}

	/**
	 * Returns the first event of a kind.
	 * @param kind the kind
	 * @return the event, if there was one
	 */
	public Optional<PodEvent> first(PodEvent.Kind kind) {
		return this.events.stream().filter((event) -> event.kind() == kind).findFirst();
	}

	/**
	 * Returns the time from the first event of a kind to the next one of another kind.
	 * @param from the kind of the first event
	 * @param to the kind of the other event
	 * @return the time, if there were both
	 */
	public Optional<Duration> span(PodEvent.Kind from, PodEvent.Kind to) {
		return first(from).flatMap((begin) -> this.events.stream()
			.filter((event) -> event.kind() == to && event.at().compareTo(begin.at()) >= 0)
			.findFirst()
			.map((end) -> end.at().minus(begin.at())));
	}

}
