package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;

/**
 * Writes a rehearsal as the result of one test, which fails if a request has failed.
 *
 * @since 0.1.0
 */
public final class JUnitReport {

	private static final int SHOWN_FAILURES = 50;

	private JUnitReport() {
	}

	/**
	 * Write the result, in place of a file that is there.
	 * @param rollouts what was seen; of two that are compared, the second is the result
	 * @param file where to write to
	 * @return the file
	 * @throws IOException if the file cannot be written
	 */
	public static Path write(List<Rollout> rollouts, Path file) throws IOException {
		Rollout rollout = rollouts.get(rollouts.size() - 1);
		RolloutText text = RolloutText.of(rollout);
		JUnitXml.Outcome outcome = (rollout.load().failed() > 0) ? JUnitXml.Outcome.FAILURE : JUnitXml.Outcome.SUCCESS;
		return JUnitXml.write("rehearsal", rollout.startedAt(), List.of(new JUnitXml.Case(rollout.scenario(),
				rollout.duration(), outcome, "RequestsFailed", text.requests(), text.failures(SHOWN_FAILURES))), file);
	}

}
