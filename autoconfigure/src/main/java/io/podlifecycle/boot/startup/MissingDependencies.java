package io.podlifecycle.boot.startup;

import java.util.List;

import io.podlifecycle.Internal;
import io.podlifecycle.dependency.DependencyOutcome;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The required dependencies without which an application has started, and which keep it
 * out of readiness. A bean, if there are any. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
@FunctionalInterface
public interface MissingDependencies {

	/**
	 * Return what does not answer so far.
	 * @return the missing dependencies, empty once all have answered
	 */
	List<DependencyOutcome> missing();

	/**
	 * Bring together all that there are at each moment.
	 * @param all the beans
	 * @return what does not answer of any of them
	 */
	static MissingDependencies of(ObjectProvider<MissingDependencies> all) {
		return () -> all.stream().flatMap((some) -> some.missing().stream()).toList();
	}

}
