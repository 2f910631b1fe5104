package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;

/**
 * Writes a summary in Markdown, for the page of a build or a comment on a pull request.
 *
 * @since 0.1.0
 */
public final class MarkdownSummary {

	private static final int SHOWN_FAILURES = 10;

	private MarkdownSummary() {
	}

	/**
	 * Write the summary, in place of a file that is there.
	 * @param rollouts what was seen: one rehearsal, or two that are compared
	 * @param file where to write to
	 * @return the file
	 * @throws IOException if the file cannot be written
	 */
	public static Path write(List<Rollout> rollouts, Path file) throws IOException {
		return Files.writeString(file, of(rollouts).replaceAll("[\\ud800-\\udfff]", "\ufffd"));
	}

	static String of(List<Rollout> rollouts) {
		Titles titles = Titles.of(rollouts);
		Rollout last = rollouts.get(rollouts.size() - 1);
		StringBuilder text = new StringBuilder("### ").append((last.load().failed() == 0) ? "\u2705 " : "\u274c ")
			.append(escape(last.scenario()))
			.append(": ")
			.append(RolloutText.of(last).requests())
			.append("\n\n");
		row(text, " ", titles.columns());
		text.append("|---|").append("---:|".repeat(rollouts.size())).append('\n');
		Total.of(rollouts).forEach((total) -> row(text, total.name().replace("  ", "&emsp;"), total.values()));
		for (int i = 0; i < rollouts.size(); i++) {
			String failures = RolloutText.of(rollouts.get(i)).failures(SHOWN_FAILURES);
			if (!failures.isEmpty()) {
				text.append("\n<details><summary>The first failures")
					.append(titles.within(i))
					.append("</summary>\n\n<pre>")
					.append(escape(failures))
					.append("</pre>\n\n</details>\n");
			}
		}
		return text.toString();
	}

	private static void row(StringBuilder text, String name, List<String> values) {
		text.append("| ").append(name);
		values.forEach((value) -> text.append(" | ").append(value));
		text.append(" |\n");
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
