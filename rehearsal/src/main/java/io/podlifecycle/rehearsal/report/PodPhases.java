package io.podlifecycle.rehearsal.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.report.PodPhase.Kind;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;
import org.jspecify.annotations.Nullable;

/**
 * Tells the phases of a pod's life from its events. What can only be seen from within
 * comes from what the library says: how long it waited for dependencies from the log, how
 * it left from the termination message.
 */
final class PodPhases {

	private static final Pattern WAITED = Pattern
		.compile("(?:Done waiting|Starting unready) after (\\d{1,9}\\.\\d{1,9}) s");

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
		return phases.refine(pod, rollout.startedAt());
	}

	private void add(PodEvent event) {
		switch (event.kind()) {
			case CREATED, BACK_OFF -> change(Kind.WAITING, event.at());
			case STARTED -> change(Kind.STARTING, event.at());
			case READY -> changeUnlessLeaving(Kind.READY, event.at());
			case NOT_READY -> {
				if (this.current == Kind.READY) {
					change(Kind.NOT_READY, event.at());
				}
			}
			case DELETED, PROBE_GAVE_UP -> changeUnlessLeaving(Kind.LEAVING, event.at());
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

	private List<PodPhase> refine(PodLife pod, Instant startedAt) {
		List<PodPhase> refined = new ArrayList<>();
		for (int i = 0; i < this.phases.size(); i++) {
			PodPhase phase = this.phases.get(i);
			boolean last = i == this.phases.size() - 1;
			if (phase.kind() == Kind.STARTING) {
				start(phase, pod, startedAt, refined);
			}
			else if (phase.kind() == Kind.LEAVING && last && pod.first(PodEvent.Kind.EXITED).isPresent()) {
				leave(phase, pod, refined);
			}
			else {
				refined.add(phase);
			}
		}
		return List.copyOf(refined);
	}

	private static void start(PodPhase phase, PodLife pod, Instant startedAt, List<PodPhase> refined) {
		Duration from = phase.from();
		for (LogLine line : pod.log()) {
			Duration at = Duration.between(startedAt, line.at());
			Matcher waited = WAITED.matcher(line.text());
			if (at.compareTo(from) >= 0 && at.compareTo(phase.to()) <= 0 && waited.find()) {
				Duration begin = later(from, at.minus(millis(waited.group(1))));
				append(refined, Kind.STARTING, from, begin);
				append(refined, Kind.WAITING, begin, at);
				from = at;
			}
		}
		append(refined, Kind.STARTING, from, phase.to());
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

	private static Duration millis(String seconds) {
		return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1_000));
	}

	private static Duration later(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static Duration earlier(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
