package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.podlifecycle.rehearsal.rollout.Rollout;

/**
 * Writes what was seen as one HTML file that needs nothing else: no network, no script.
 * It draws a lane for each pod, the endpoints, requests, failures and latency over one
 * time axis, and has the shutdown reports, the failures, the events and the logs in
 * words. Two rehearsals stand one under the other, with the same scales.
 *
 * @since 0.1.0
 */
public final class HtmlReport {

	private HtmlReport() {
	}

	/**
	 * Write the page, in place of a file that is there.
	 * @param rollouts what was seen: one rehearsal, or two that are compared
	 * @param file where to write to
	 * @return the file
	 * @throws IOException if the file cannot be written
	 */
	public static Path write(List<Rollout> rollouts, Path file) throws IOException {
		return Files.writeString(file, Page.of(rollouts));
	}

}
