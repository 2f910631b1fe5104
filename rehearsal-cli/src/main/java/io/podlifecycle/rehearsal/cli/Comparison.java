package io.podlifecycle.rehearsal.cli;

import java.util.List;

import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.cli.report.Titles;
import io.podlifecycle.rehearsal.cli.report.Total;

/**
 * A table of what was seen in rehearsals, one of which stands in each column.
 */
final class Comparison {

	private Comparison() {
	}

	/**
	 * Returns the table.
	 * @param rollouts what was seen
	 * @return lines
	 */
	static String of(List<Rollout> rollouts) {
		StringBuilder table = new StringBuilder();
		line(rollouts.get(0).scenario(), Titles.of(rollouts).columns(), table);
		Total.of(rollouts).forEach((total) -> line(total.name(), total.values(), table));
		return table.toString();
	}

	private static void line(String name, List<String> values, StringBuilder table) {
		table.append(String.format("%-34s", name));
		values.forEach((value) -> table.append(String.format("%16s", value)));
		table.append(System.lineSeparator());
	}

}
