package io.podlifecycle.boot.startup;

import java.util.stream.Collectors;

import io.podlifecycle.Internal;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.WaitResult;

import org.springframework.boot.ExitCodeGenerator;

/**
 * Required dependencies did not answer in time, so the application does not start.
 *
 * @since 0.1.0
 */
@Internal
@SuppressWarnings("serial")
public class DependenciesMissingException extends RuntimeException implements ExitCodeGenerator {

	/**
	 * The exit code of a start that was given up: EX_UNAVAILABLE of sysexits.h.
	 */
	public static final int EXIT_CODE = 69;

	private final transient WaitResult result;

	DependenciesMissingException(WaitResult result) {
		super("No answer from " + result.unavailable()
			.stream()
			.map(DependencyOutcome::dependency)
			.map(Object::toString)
			.collect(Collectors.joining(", ")));
		this.result = result;
	}

	/**
	 * Return how the wait ended.
	 * @return the result, with at least one that is unavailable
	 */
	public WaitResult result() {
		return this.result;
	}

	@Override
	public int getExitCode() {
		return EXIT_CODE;
	}

}
