package io.podlifecycle.probe;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.DependencyWait;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.dependency.WaitListener;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;

/**
 * Waits for its argument in a JVM of its own, for what can be set for a whole JVM only.
 */
final class WaitMain {

	private WaitMain() {
	}

	public static void main(String[] arguments) {
		Target target = Target.of(arguments[0]);
		Probe probe = new Probes(ClientProbes.factories(null)).create(ProbeRequest.of(target));
		Dependency dependency = new Dependency("peer", target, probe, true, Duration.ofMinutes(1),
				Duration.ofSeconds(5), new Backoff(Duration.ofMillis(200), 1, Duration.ofMillis(200), 0));
		WaitListener listener = new WaitListener() {

			@Override
			public void tried(DependencyOutcome outcome) {
				print(outcome);
			}

		};
		new DependencyWait(List.of(dependency), Ticker.system(), Sleeper.system(), () -> 0, listener)
			.await(Duration.ofMinutes(1), Duration.ofMinutes(1));
	}

	@SuppressWarnings("SystemOut")
	private static void print(DependencyOutcome outcome) {
		System.out.println("TRIED " + outcome.state() + " " + outcome.lastError());
	}

}
