package io.podlifecycle.rehearsal.load;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Is told of each request of a {@link Load} when it is over. Called by the threads of the
 * clients, one at a time: it must be quick.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RequestListener {

	/**
	 * A request is over.
	 * @param failed whether it is a failure
	 * @param latency how long the answer took, whatever its status; {@code null} if there
	 * was none
	 */
	void requestEnded(boolean failed, @Nullable Duration latency);

}
