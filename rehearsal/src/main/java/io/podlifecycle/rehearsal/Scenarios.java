package io.podlifecycle.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.node.Dependency;
import io.podlifecycle.rehearsal.pod.Pod;
import io.podlifecycle.rehearsal.pod.PodSpec;

/**
 * What controllers and mishaps do to pods that serve.
 */
final class Scenarios {

	private Scenarios() {
	}

	/**
	 * Does what the Deployment's controller does, in the same two steps: up to as many
	 * new pods as the surge permits, then down to as many old ones as must be available.
	 */
	static void rollingUpdate(ScenarioRun run, PodSpec next, Duration delay) {
		Settings settings = run.settings();
		List<Pod> old = run.pods().active();
		List<Pod> fresh = new ArrayList<>();
		run.step("replacing the pods");
		run.slow(delay);
		run.pods().await("the rolling update to be complete", delay, () -> {
			while (fresh.size() < settings.replicas()
					&& run.pods().active().size() < settings.replicas() + settings.maxSurge()) {
				fresh.add(run.pods().create(next));
			}
			deleteOld(run, old);
			return fresh.size() == settings.replicas() && fresh.stream().allMatch(Pod::isReady)
					&& old.stream().allMatch(Pod::isTerminated);
		});
	}

	/**
	 * Deletes as many old pods as may be missing, and first those that are not ready. A
	 * new pod that is not ready counts as missing, as in {@code reconcileOldReplicaSets}
	 * of the Deployment's controller: an old pod may become ready before it does.
	 */
	private static void deleteOld(ScenarioRun run, List<Pod> old) {
		int least = run.settings().replicas() - run.settings().maxUnavailable();
		List<Pod> active = run.pods().active();
		List<Pod> left = active.stream().filter(old::contains).toList();
		long starting = active.stream().filter((pod) -> !old.contains(pod) && !pod.isReady()).count();
		Stream.concat(left.stream().filter((pod) -> !pod.isReady()), left.stream())
			.distinct()
			.limit(Math.max(0, active.size() - starting - least))
			.forEach(Pod::delete);
	}

	static void podDeletion(ScenarioRun run) {
		Pod leaving = run.pods().active().get(0);
		run.step("deleting a pod");
		leaving.delete();
		replace(run, leaving);
	}

	private static void replace(ScenarioRun run, Pod leaving) {
		Pod fresh = run.pods().create(run.settings().pod());
		run.pods()
			.await(leaving.name() + " to be terminated and " + fresh.name() + " to be ready", Duration.ZERO,
					() -> leaving.isTerminated() && fresh.isReady());
	}

	static void shortGrace(ScenarioRun run, Duration gracePeriod) {
		Pod leaving = run.pods().active().get(0);
		run.step("deleting a pod with a short grace period");
		leaving.delete(gracePeriod);
		replace(run, leaving);
	}

	/**
	 * Ends a pod as its node does. Nobody deletes it: another one is created when it has
	 * failed.
	 */
	static void nodeShutdown(ScenarioRun run, Duration gracePeriod) {
		Pod leaving = run.pods().active().get(0);
		run.step("shutting a node down");
		leaving.shutDownNode(gracePeriod);
		run.pods().await(leaving.name() + " to be terminated", Duration.ZERO, leaving::isTerminated);
		replace(run, leaving);
	}

	static void scaleDown(ScenarioRun run, int remaining) {
		List<Pod> leaving = run.pods().active().subList(remaining, run.pods().active().size());
		run.step("scaling down");
		leaving.forEach(Pod::delete);
		run.pods()
			.await("the deleted pods to be terminated", Duration.ZERO,
					() -> leaving.stream().allMatch(Pod::isTerminated));
	}

	static void signal(ScenarioRun run, String signal) {
		Pod victim = run.pods().active().get(0);
		long exits = victim.exits();
		run.pods().tolerateExits();
		run.step("sending SIG" + signal + " to a pod");
		victim.signal(signal);
		run.pods()
			.await(victim.name() + " to be ready again", Duration.ZERO,
					() -> victim.exits() > exits && victim.isReady());
	}

	static void dependencyLost(ScenarioRun run, Dependency dependency, Duration span) {
		run.pods().tolerateExits();
		run.step("waiting while the dependency is lost");
		run.note("dependency lost");
		dependency.stop();
		run.pods().pause(span);
		run.step("waiting for all pods to be ready again");
		dependency.start();
		run.note("dependency back");
		run.awaitAllReady();
	}

	static void dependencyMoved(ScenarioRun run, Runnable move, Duration watch) {
		run.pods().tolerateExits();
		run.step("watching the clients after the dependency has moved");
		run.note("dependency moved");
		move.run();
		run.pods().pause(watch);
		run.awaitAllReady();
	}

}
