package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;

/**
 * One line of what was seen over all, with a value for each rehearsal. Immutable.
 *
 * @param name what was counted or measured; indented by two blanks where it is a part of
 * the line before
 * @param values the values for people, with their units
 * @since 0.1.0
 */
public record Total(String name, List<String> values) {

	/**
	 * Copies the collection.
	 */
	public Total {
		values = List.copyOf(values);
	}

	/**
	 * Sums up rehearsals.
	 * @param rollouts what was seen
	 * @return the lines, with as many values each as there are rehearsals
	 */
	public static List<Total> of(List<Rollout> rollouts) {
		List<Total> totals = new ArrayList<>();
		totals.add(total("requests", rollouts, (rollout) -> rollout.load().requests()));
		totals.add(total("failed", rollouts, (rollout) -> rollout.load().failed()));
		Set<Failure.Kind> kinds = new TreeSet<>();
		rollouts.forEach((rollout) -> kinds.addAll(rollout.load().failuresByKind().keySet()));
		kinds.forEach((kind) -> totals.add(total("  " + kind.name().toLowerCase(Locale.ROOT), rollouts,
				(rollout) -> rollout.load().failed(kind))));
		totals.add(total("latency p50", rollouts, (rollout) -> millis(rollout.load().p50())));
		totals.add(total("latency p99", rollouts, (rollout) -> millis(rollout.load().p99())));
		totals.add(total("longest start", rollouts, (rollout) -> longest(rollout, Kind.STARTED, Kind.READY)));
		totals.add(total("longest leave", rollouts, (rollout) -> longest(rollout, Kind.DELETED, Kind.EXITED)));
		totals.add(total("pods killed", rollouts, (rollout) -> killed(rollout.pods())));
		totals.add(total("restarts", rollouts, (rollout) -> rollout.pods().stream().mapToInt(PodLife::restarts).sum()));
		return List.copyOf(totals);
	}

	private static Total total(String name, List<Rollout> rollouts, Function<Rollout, Object> value) {
		return new Total(name, rollouts.stream().map(value).map(String::valueOf).toList());
	}

	private static long killed(List<PodLife> pods) {
		return pods.stream().filter((pod) -> pod.first(Kind.SIGKILL).isPresent()).count();
	}

	private static String millis(Duration latency) {
		return latency.toMillis() + " ms";
	}

	private static String longest(Rollout rollout, Kind from, Kind to) {
		return rollout.longest(from, to).map(RolloutText::seconds).orElse("-");
	}

}
