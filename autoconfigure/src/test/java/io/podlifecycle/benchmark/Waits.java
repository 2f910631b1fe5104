package io.podlifecycle.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyWait;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.dependency.WaitListener;
import io.podlifecycle.probe.ClientProbes;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;

/**
 * Waits as the library makes them, with its default pace and all its probes.
 */
final class Waits {

	private static final Probes PROBES = new Probes(
			Stream.concat(Probes.builtIn().stream(), ClientProbes.factories(null).stream()).toList());

	private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), 1.5, Duration.ofMillis(700), 0.2);

	private Waits() {
	}

	static Dependency dependency(String uri) {
		Target target = Target.of(uri);
		return new Dependency("peer", target, PROBES.create(ProbeRequest.of(target)), true, Duration.ofMinutes(2),
				Duration.ofSeconds(2), BACKOFF);
	}

	static DependencyWait of(List<Dependency> dependencies) {
		Random jitter = new Random();
		return new DependencyWait(dependencies, Ticker.system(), Sleeper.system(), jitter::nextDouble,
				new WaitListener() {
				});
	}

	/** The reading of the clock at the end of the wait. */
	static CompletableFuture<Long> inBackground(List<Dependency> dependencies) {
		DependencyWait wait = of(dependencies);
		return CompletableFuture.supplyAsync(() -> {
			wait.await(Duration.ofMinutes(2), Duration.ofMinutes(1));
			return System.nanoTime();
		});
	}

}
