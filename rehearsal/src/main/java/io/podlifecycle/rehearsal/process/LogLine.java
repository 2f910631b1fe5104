package io.podlifecycle.rehearsal.process;

import java.time.Instant;

/**
 * A line that a process wrote to its standard output or standard error.
 *
 * @param at when the line arrived here, wall time: later than it was written by the time
 * that the pipe and the reader took
 * @param text the line without its line separator
 * @since 0.1.0
 */
public record LogLine(Instant at, String text) {

	@Override
	public String toString() {
		return this.at + "  " + this.text;
	}

}
