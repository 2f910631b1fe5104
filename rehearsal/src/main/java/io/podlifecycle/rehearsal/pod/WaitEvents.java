package io.podlifecycle.rehearsal.pod;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;

/**
 * Reads from the journal of the library when the processes of a pod waited for their
 * dependencies: a line begins with its time and the id of its milestone.
 */
final class WaitEvents {

	private WaitEvents() {
	}

	/**
	 * Return the events.
	 * @param journal the lines, of which any may be torn or somebody else's
	 * @param begin when times begin to count
	 */
	static Stream<PodEvent> of(String journal, Instant begin) {
		return journal.lines()
			.map((line) -> line.split(" ", 3))
			.filter((words) -> words.length == 3)
			.flatMap((words) -> {
				try {
					Duration at = Duration.between(begin, Instant.parse(words[0]));
					return switch (words[1]) {
						case "waiting" -> Stream.of(new PodEvent(at, Kind.WAIT_STARTED, ""));
						case "waited" -> Stream.of(new PodEvent(at, Kind.WAIT_ENDED, ""));
						default -> Stream.empty();
					};
				}
				catch (DateTimeException ex) {
					return Stream.empty();
				}
			});
	}

}
