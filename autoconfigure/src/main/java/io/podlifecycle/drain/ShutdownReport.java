package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What happened between the first moment of a shutdown and the last that the application
 * sees, or so far. Immutable.
 *
 * @param drain the part up to the end of the drain
 * @param elapsed the time since the beginning of the shutdown
 * @param exitCode the exit code of the process, {@code null} if it is not known
 * @param hanging what did not end in time, a line each
 * @since 0.1.0
 */
public record ShutdownReport(DrainReport drain, Duration elapsed, @Nullable Integer exitCode, List<String> hanging) {

	public ShutdownReport {
		hanging = List.copyOf(hanging);
	}

	/**
	 * Return whether the context has been closed.
	 * @return {@code false} as long as the shutdown goes on
	 */
	public boolean isOver() {
		return this.exitCode != null || this.drain.phases().stream().anyMatch((time) -> time.phase() == Phase.CLOSE);
	}

}
