package io.podlifecycle.boot;

import java.util.function.Supplier;

import io.podlifecycle.Internal;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A part of a start or a shutdown that is skipped if it fails: an application starts and
 * ends whatever happens to its reports.
 *
 * @since 0.1.0
 */
@Internal
public final class Attempt {

	private static final Log logger = LogFactory.getLog(Attempt.class);

	private Attempt() {
	}

	/**
	 * Run a part of a start or a shutdown.
	 * @param part what it is
	 * @param action the part; whatever it throws is logged
	 */
	public static void run(String part, Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			warn(part, ex);
		}
	}

	/**
	 * Get the result of a part of a start or a shutdown.
	 * @param part what it is
	 * @param source the part; whatever it throws is logged
	 * @param <T> the type of the result
	 * @return the result, or {@code null} if there is none
	 */
	public static <T> @Nullable T get(String part, Supplier<T> source) {
		try {
			return source.get();
		}
		catch (Throwable ex) {
			warn(part, ex);
			return null;
		}
	}

	private static void warn(String part, Throwable failure) {
		try {
			logger.warn("Skipped because of a failure: " + part, failure);
		}
		catch (Throwable ex) {
			// The log may be what has failed.
		}
	}

}
