package io.podlifecycle.rehearsal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutWriter;

/**
 * Writes what was seen as one HTML file that needs nothing else: no network, no script.
 * It draws a lane for each pod, the endpoints, requests, failures and latency over one
 * time axis, and has the shutdown reports, the failures, the events and the logs in
 * words. Two rehearsals stand one under the other, with the same scales.
 *
 * @since 0.1.0
 */
public final class HtmlReport implements RolloutWriter {

	@Override
	public String option() {
		return "--report";
	}

	@Override
	public String description() {
		return "draw it as an HTML page that needs nothing else";
	}

	@Override
	public void write(List<Rollout> rollouts, Path file) throws IOException {
		Files.writeString(file, Page.of(rollouts));
	}

}
