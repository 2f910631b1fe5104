package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.rehearsal.cli.report.PodPhase.Kind;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;
import org.jspecify.annotations.Nullable;

/**
 * Tells the phases of a pod's life from its events. What can only be seen from within
 * comes from what the library writes: how it left from the termination message.
 */
final class PodPhases {

	private final List<PodPhase> phases = new ArrayList<>();

	private @Nullable Kind current;

	private Duration since = Duration.ZERO;

	private PodPhases() {
	}

	/**
	 * Returns the phases of a pod.
	 * @param pod the pod
	 * @param rollout the rehearsal that it was in
	 * @return its phases in order, none of which overlap or are empty
	 */
	static List<PodPhase> of(PodLife pod, Rollout rollout) {
		PodPhases phases = new PodPhases();
		pod.events().forEach(phases::add);
		phases.change(null, rollout.duration());
		return phases.refine(pod);
	}

	private void add(PodEvent event) {
		switch (event.kind()) {
			case CREATED, BACK_OFF -> change(Kind.WAITING, event.at());
			case STARTED -> change(Kind.STARTING, event.at());
			case WAIT_STARTED, WAIT_ENDED -> {
				if (this.current == Kind.STARTING || this.current == Kind.WAITING) {
					change((event.kind() == PodEvent.Kind.WAIT_STARTED) ? Kind.WAITING : Kind.STARTING, event.at());
				}
			}
			case READY -> changeUnlessLeaving(Kind.READY, event.at());
			case NOT_READY -> {
				if (this.current == Kind.READY) {
					change(Kind.NOT_READY, event.at());
				}
			}
			case DELETED, NODE_SHUTDOWN, PROBE_GAVE_UP -> changeUnlessLeaving(Kind.LEAVING, event.at());
			case EXITED, TERMINATED -> change(null, event.at());
			default -> {
				// The other events are no turning points.
			}
		}
	}

	private void changeUnlessLeaving(Kind next, Duration at) {
		if (this.current != null && this.current != Kind.LEAVING) {
			change(next, at);
		}
	}

	private void change(@Nullable Kind next, Duration at) {
		append(this.phases, this.current, this.since, at);
		this.current = next;
		this.since = at;
	}

	private static void append(List<PodPhase> phases, @Nullable Kind kind, Duration from, Duration to) {
		if (kind != null && to.compareTo(from) > 0) {
			phases.add(new PodPhase(kind, from, to));
		}
	}

	private List<PodPhase> refine(PodLife pod) {
		int last = this.phases.size() - 1;
		if (last >= 0 && this.phases.get(last).kind() == Kind.LEAVING && pod.first(PodEvent.Kind.EXITED).isPresent()) {
			leave(this.phases.remove(last), pod, this.phases);
		}
		return List.copyOf(this.phases);
	}

	private static void leave(PodPhase phase, PodLife pod, List<PodPhase> refined) {
		TerminationMessage message = TerminationMessage.of(pod.terminationMessage());
		Duration elapsed = message.elapsed().orElse(null);
		if (elapsed == null) {
			refined.add(phase);
			return;
		}
		Duration begin = later(phase.from(), phase.to().minus(elapsed));
		Duration quiescing = message.timeOf("quiesce", "propagation", "await_sigterm");
		Duration quiesced = earlier(begin.plus(quiescing), phase.to());
		Duration drained = earlier(quiesced.plus(message.timeOf("drain")), phase.to());
		append(refined, Kind.QUIESCING, phase.from(), quiesced);
		append(refined, Kind.DRAINING, quiesced, drained);
		append(refined, Kind.CLOSING, drained, phase.to());
	}

	private static Duration later(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static Duration earlier(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
