package io.podlifecycle.rehearsal;

import java.util.Comparator;
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
 * A table of what was seen in rehearsals, one of which stands in each column.
 */
final class Comparison {

	private final List<String> titles;

	private final List<Rollout> rollouts;

	private final StringBuilder table = new StringBuilder();

	private Comparison(List<String> titles, List<Rollout> rollouts) {
		this.titles = titles;
		this.rollouts = rollouts;
	}

	/**
	 * Returns the table.
	 * @param titles the titles of the columns
	 * @param rollouts what was seen, as many as titles
	 * @return lines
	 */
	static String of(List<String> titles, List<Rollout> rollouts) {
		return new Comparison(titles, rollouts).write();
	}

	private String write() {
		line(this.rollouts.get(0).scenario(), this.titles);
		row("requests", (rollout) -> rollout.load().requests());
		row("failed", (rollout) -> rollout.load().failed());
		Set<Failure.Kind> kinds = new TreeSet<>();
		this.rollouts.forEach((rollout) -> kinds.addAll(rollout.load().failuresByKind().keySet()));
		kinds.forEach(
				(kind) -> row("  " + kind.name().toLowerCase(Locale.ROOT), (rollout) -> rollout.load().failed(kind)));
		row("latency p50", (rollout) -> rollout.load().p50().toMillis() + " ms");
		row("latency p99", (rollout) -> rollout.load().p99().toMillis() + " ms");
		row("longest start", (rollout) -> longest(rollout, Kind.STARTED, Kind.READY));
		row("longest leave", (rollout) -> longest(rollout, Kind.DELETED, Kind.EXITED));
		row("pods killed", (rollout) -> rollout.pods().stream().filter(Comparison::wasKilled).count());
		row("restarts", (rollout) -> rollout.pods().stream().mapToInt(PodLife::restarts).sum());
		return this.table.toString();
	}

	private static boolean wasKilled(PodLife pod) {
		return pod.first(Kind.SIGKILL).isPresent();
	}

	private static String longest(Rollout rollout, Kind from, Kind to) {
		return rollout.pods()
			.stream()
			.flatMap((pod) -> pod.first(from)
				.flatMap((begin) -> pod.first(to).map((end) -> end.at().minus(begin.at())))
				.stream())
			.max(Comparator.naturalOrder())
			.map(RolloutText::seconds)
			.orElse("-");
	}

	private void row(String name, Function<Rollout, Object> value) {
		line(name, this.rollouts.stream().map(value).map(String::valueOf).toList());
	}

	private void line(String name, List<String> values) {
		this.table.append(String.format("%-34s", name));
		values.forEach((value) -> this.table.append(String.format("%16s", value)));
		this.table.append(System.lineSeparator());
	}

}
