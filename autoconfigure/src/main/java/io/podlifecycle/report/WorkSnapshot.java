package io.podlifecycle.report;

import java.time.Duration;
import java.util.List;

/**
 * What was known of a piece of work at some moment of its life. Immutable.
 *
 * @param description what it was
 * @param age how long ago it had begun
 * @param stack the top of the stack of the thread that did it; empty if no thread did
 * @since 0.1.0
 */
public record WorkSnapshot(String description, Duration age, List<String> stack) {

	public WorkSnapshot {
		stack = List.copyOf(stack);
	}

}
