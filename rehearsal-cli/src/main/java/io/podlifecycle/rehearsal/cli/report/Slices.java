package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.Rollout;

/**
 * The slices to be drawn.
 */
final class Slices {

	/** What is shorter says nothing about a rate. */
	private static final Duration SHORTEST = Duration.ofMillis(200);

	private Slices() {
	}

	/**
	 * Returns the slices of a rehearsal. The last one ends with the load, or is left out
	 * if it is too short: it would show a drop that nobody noticed.
	 * @param rollout the rehearsal
	 * @return its slices
	 */
	static List<LoadSlice> of(Rollout rollout) {
		Duration end = rollout.loadStartedAt().plus(rollout.load().duration());
		List<LoadSlice> slices = new ArrayList<>();
		for (LoadSlice slice : rollout.slices()) {
			Duration rest = end.minus(slice.at());
			boolean cut = rest.compareTo(slice.length()) < 0;
			if (!cut) {
				slices.add(slice);
			}
			else if (rest.compareTo(SHORTEST) >= 0 || slice.failed() > 0) {
				slices.add(new LoadSlice(slice.at(), (rest.compareTo(SHORTEST) > 0) ? rest : SHORTEST, slice.requests(),
						slice.failed(), slice.p50(), slice.p99(), slice.max()));
			}
		}
		return slices;
	}

}
