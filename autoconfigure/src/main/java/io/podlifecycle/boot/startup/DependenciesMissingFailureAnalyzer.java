package io.podlifecycle.boot.startup;

import java.util.stream.Collectors;

import io.podlifecycle.boot.Orders;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/**
 * Lists every dependency that did not answer, with its last error.
 */
@Order(Orders.FAILURE_ANALYZER)
final class DependenciesMissingFailureAnalyzer extends AbstractFailureAnalyzer<DependenciesMissingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DependenciesMissingException cause) {
		String unavailable = cause.result()
			.unavailable()
			.stream()
			.map((outcome) -> "    - " + Text.describe(outcome))
			.collect(Collectors.joining(System.lineSeparator()));
		String description = String
			.format("The application was not started, since these dependencies did not answer:%n%n%s", unavailable);
		String action = "Start what is missing, or correct its address in 'pod-lifecycle.startup.dependencies'. "
				+ "To wait longer set 'pod-lifecycle.startup.timeout', to start without it and become ready later set "
				+ "'pod-lifecycle.startup.on-timeout=start-unready', and if it is not needed set its 'required=false'. "
				+ "The exit code is " + DependenciesMissingException.EXIT_CODE + ".";
		return new FailureAnalysis(description, action, cause);
	}

}
