package io.podlifecycle.benchmarks;

import java.util.List;

/**
 * The middle of what was measured: on a machine that others use too, it says more than
 * the mean.
 */
final class Medians {

	private Medians() {
	}

	static double of(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

}
