package io.podlifecycle.process;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What else happens in a life.
 */
enum ChaosKind {

	/** Nothing. */
	PLAIN,

	/** SIGTERM falls into the creation of a bean that takes several seconds. */
	SLOW_BEAN,

	/**
	 * SIGTERM falls into the creation of a bean that takes longer than the process may.
	 */
	HANGING_BEAN,

	/** A listener blocks for ever when readiness is refused. */
	BLOCKING_LISTENER,

	/** A listener makes the JVM exit when readiness is refused. */
	EXITING_LISTENER,

	/** One more thread can be started when the application is ready. */
	ONE_THREAD_SLOT;

	static List<ChaosKind> of(Moment moment) {
		return Stream.of(values()).filter((kind) -> kind.isPossibleAt(moment)).toList();
	}

	private boolean isPossibleAt(Moment moment) {
		return switch (this) {
			case PLAIN -> true;
			case SLOW_BEAN, HANGING_BEAN -> moment == Moment.REFRESH;
			case BLOCKING_LISTENER -> moment == Moment.WARM_UP || moment.isServing();
			case EXITING_LISTENER -> moment.isServing();
			case ONE_THREAD_SLOT -> moment == Moment.LOAD;
		};
	}

	/** A shutdown warns of what it has skipped, or given up. */
	boolean isWarnedOf() {
		return isHostileListener() || this == ONE_THREAD_SLOT;
	}

	/** It keeps its thread until the JVM ends. */
	boolean isHostileListener() {
		return this == BLOCKING_LISTENER || this == EXITING_LISTENER;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
