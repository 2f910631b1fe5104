package io.podlifecycle.rehearsal.cli.advice;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.cli.report.JUnitXml;
import io.podlifecycle.rehearsal.cli.report.JUnitXml.Case;
import io.podlifecycle.rehearsal.cli.report.JUnitXml.Outcome;

/**
 * Writes findings as tests that fail, or are skipped where they are accepted, and
 * resources without any as tests that succeed.
 */
final class FindingsReport {

	private FindingsReport() {
	}

	static void write(List<String> resources, List<Finding> findings, Instant at, Path file) throws IOException {
		List<Case> cases = resources.stream().flatMap((resource) -> {
			List<Finding> own = findings.stream().filter((finding) -> finding.resource().equals(resource)).toList();
			return own.isEmpty() ? Stream.of(new Case(resource, Duration.ZERO, Outcome.SUCCESS, "", "", ""))
					: own.stream().map(FindingsReport::result);
		}).toList();
		JUnitXml.write("advise", at, cases, file);
	}

	private static Case result(Finding finding) {
		boolean accepted = finding.isAccepted();
		return new Case(finding.resource() + ": " + finding.field() + " (" + finding.rule().id() + ")", Duration.ZERO,
				accepted ? Outcome.SKIPPED : Outcome.FAILURE, finding.rule().id(),
				accepted ? finding.acceptance() : finding.problem(), "Fix: " + finding.fix());
	}

}
