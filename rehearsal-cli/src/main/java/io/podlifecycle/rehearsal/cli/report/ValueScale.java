package io.podlifecycle.rehearsal.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Places values on the vertical axis. Immutable.
 *
 * @param ticks the values to be labelled, in order; the first and the last one are the
 * ends of the axis
 * @param logarithmic whether equal factors have equal distances
 */
record ValueScale(List<Double> ticks, boolean logarithmic) {

	private static final int LINEAR_STEPS = 4;

	ValueScale {
		ticks = List.copyOf(ticks);
	}

	/**
	 * Creates a linear scale from zero.
	 * @param max what it must have room for
	 * @return the scale
	 */
	static ValueScale linear(double max) {
		double step = Math.pow(10, Math.floor(Math.log10(Math.max(max, 1))));
		for (double finer : new double[] { 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10 }) {
			double candidate = finer * step;
			if (candidate >= 1 && candidate * LINEAR_STEPS >= max) {
				step = candidate;
				break;
			}
		}
		List<Double> ticks = new ArrayList<>(List.of(0.0));
		do {
			ticks.add(ticks.get(ticks.size() - 1) + step);
		}
		while (ticks.get(ticks.size() - 1) < max);
		return new ValueScale(ticks, false);
	}

	/**
	 * Creates a logarithmic scale whose ends are powers of ten.
	 * @param min the smallest value that it must have room for, positive
	 * @param max the largest one
	 * @return the scale
	 */
	static ValueScale logarithmic(double min, double max) {
		int from = (int) Math.floor(Math.log10(min));
		int to = Math.max((int) Math.ceil(Math.log10(max)), from + 1);
		List<Double> ticks = new ArrayList<>();
		for (int power = from; power <= to; power++) {
			ticks.add(Math.pow(10, power));
		}
		return new ValueScale(ticks, true);
	}

	/**
	 * Returns how high a value is.
	 * @param value the value
	 * @return the fraction of the axis, from 0 to 1: what lies outside is put at its ends
	 */
	double fraction(double value) {
		double min = this.ticks.get(0);
		double max = this.ticks.get(this.ticks.size() - 1);
		double fraction = this.logarithmic ? Math.log(Math.max(value, min) / min) / Math.log(max / min)
				: (value - min) / (max - min);
		return Math.min(Math.max(fraction, 0), 1);
	}

}
