package io.podlifecycle.rehearsal.cli;

import java.util.Locale;
import java.util.function.BiFunction;

import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.rollout.Rollout;

/**
 * What can be rehearsed.
 */
enum Scenario {

	ROLLING_UPDATE((rehearsal, options) -> rehearsal.rollingUpdate()),

	POD_DELETION((rehearsal, options) -> rehearsal.podDeletion()),

	SCALE_DOWN((rehearsal, options) -> rehearsal.scaleDown(1)),

	SHORT_GRACE((rehearsal, options) -> rehearsal.shortGrace(options.notice())),

	NODE_SHUTDOWN((rehearsal, options) -> rehearsal.nodeShutdown(options.notice())),

	OOM_KILL((rehearsal, options) -> rehearsal.oomKill()),

	CRASH((rehearsal, options) -> rehearsal.crash()),

	SLOW_START((rehearsal, options) -> rehearsal.slowStart(options.slow())),

	DEPENDENCY_LATE((rehearsal, options) -> rehearsal.dependencyLate(options.dependency(), options.away())),

	DEPENDENCY_LOST((rehearsal, options) -> rehearsal.dependencyLost(options.dependency(), options.away())),

	DEPENDENCY_MOVED((rehearsal, options) -> rehearsal.dependencyMoved(options.dependency(), options.away()));

	@SuppressWarnings("ImmutableEnumChecker") // None of the lambdas has a state.
	private final BiFunction<Rehearsal, ScenarioOptions, Rollout> script;

	Scenario(BiFunction<Rehearsal, ScenarioOptions, Rollout> script) {
		this.script = script;
	}

	Rollout play(Rehearsal rehearsal, ScenarioOptions options) {
		return this.script.apply(rehearsal, options);
	}

	boolean needsDependency() {
		return this.compareTo(DEPENDENCY_LATE) >= 0;
	}

	/**
	 * Return the name on the command line, such as {@code rolling-update}.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
