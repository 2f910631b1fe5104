package io.podlifecycle.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
	static void rollingUpdate(ScenarioRun stage, PodSpec next, Duration delay) {
		Settings settings = stage.settings();
		List<Pod> old = stage.pods().active();
		List<Pod> fresh = new ArrayList<>();
		stage.step("replacing the pods");
		stage.slow(delay);
		stage.pods().await("the rolling update to be complete", delay, () -> {
			while (fresh.size() < settings.replicas()
					&& stage.pods().active().size() < settings.replicas() + settings.maxSurge()) {
				fresh.add(stage.pods().create(next));
			}
			deleteOld(stage, old);
			return fresh.size() == settings.replicas() && fresh.stream().allMatch(Pod::isReady)
					&& old.stream().allMatch(Pod::isTerminated);
		});
	}

	private static void deleteOld(ScenarioRun stage, List<Pod> old) {
		int least = stage.settings().replicas() - stage.settings().maxUnavailable();
		old.stream().filter((pod) -> !pod.isReady()).forEach(Pod::delete);
		long ready = stage.pods().active().stream().filter(Pod::isReady).count();
		for (Pod pod : old) {
			if (ready > least && !pod.isDeleted()) {
				pod.delete();
				ready--;
			}
		}
	}

	static void podDeletion(ScenarioRun stage) {
		Pod leaving = stage.pods().active().get(0);
		stage.step("deleting a pod");
		leaving.delete();
		Pod fresh = stage.pods().create(stage.settings().pod());
		stage.pods()
			.await(leaving.name() + " to be terminated and " + fresh.name() + " to be ready", Duration.ZERO,
					() -> leaving.isTerminated() && fresh.isReady());
	}

	static void scaleDown(ScenarioRun stage, int remaining) {
		List<Pod> leaving = stage.pods().active().subList(remaining, stage.pods().active().size());
		stage.step("scaling down");
		leaving.forEach(Pod::delete);
		stage.pods()
			.await("the deleted pods to be terminated", Duration.ZERO,
					() -> leaving.stream().allMatch(Pod::isTerminated));
	}

	static void signal(ScenarioRun stage, String signal) {
		Pod victim = stage.pods().active().get(0);
		long exits = victim.exits();
		stage.pods().tolerateExits();
		stage.step("sending SIG" + signal + " to a pod");
		victim.signal(signal);
		stage.pods()
			.await(victim.name() + " to be ready again", Duration.ZERO,
					() -> victim.exits() > exits && victim.isReady());
	}

	static void dependencyLost(ScenarioRun stage, Dependency dependency, Duration span) {
		stage.pods().tolerateExits();
		stage.step("waiting while the dependency is lost");
		stage.note("dependency lost");
		dependency.stop();
		stage.pods().pause(span);
		stage.step("waiting for all pods to be ready again");
		dependency.start();
		stage.note("dependency back");
		stage.awaitAllReady();
	}

	static void dependencyMoved(ScenarioRun stage, Runnable move, Duration watch) {
		stage.pods().tolerateExits();
		stage.step("watching the clients after the dependency has moved");
		stage.note("dependency moved");
		move.run();
		stage.pods().pause(watch);
		stage.awaitAllReady();
	}

}
