package io.podlifecycle.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.load.RunningLoad;
import io.podlifecycle.rehearsal.pod.EndpointWatcher;
import io.podlifecycle.rehearsal.node.FrontProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One of two pods leaves under load. Two front proxies send them traffic: one learns of
 * the change after 200 ms, the other carries 1 % of the traffic and learns after 4 s.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RollingUpdateIntegrationTests {

	private static final Duration MAX = Duration.ofMinutes(4);

	@Test
	@Tag("full")
	void noRequestFails() {
		Rollout rollout = roll();
		assertThat(rollout.most().failures()).as("%s", rollout.most()).isEmpty();
		assertThat(rollout.late().failures()).as("%s", rollout.late()).isEmpty();
		assertThat(rollout.late().requests()).isGreaterThan(10);
		// The floor.
		assertThat(rollout.timeToEnd()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
	}

	@Test
	@Tag("full")
	void withTheLibraryOffRequestsFail() {
		Rollout rollout = roll("--pod-lifecycle.enabled=false");
		assertThat(rollout.most().failed() + rollout.late().failed()).isPositive();
	}

	private static Rollout roll(String... arguments) {
		try (Service leaving = Service.startOnKubernetes(arguments);
				Service staying = Service.startOnKubernetes(arguments);
				FrontProxy most = FrontProxy.start(0, Duration.ofMillis(200));
				FrontProxy late = FrontProxy.start(0, Duration.ofSeconds(4));
				EndpointWatcher watcher = new EndpointWatcher(Duration.ofSeconds(1), 3, most, late)) {
			watcher.add(leaving.address(), leaving.readiness());
			watcher.add(staying.address(), staying.readiness());
			watcher.await(leaving.address(), true, Service.START);
			watcher.await(staying.address(), true, Service.START);
			late.awaitEndpoints(List.of(leaving.address(), staying.address()), MAX);
			try (RunningLoad mostLoad = Load.builder(most.uri("/hello"), MAX)
				.keepAliveClients(8, Duration.ofMillis(300))
				.freshClients(4, Duration.ofMillis(20))
				.start();
					RunningLoad lateLoad = Load.builder(late.uri("/hello"), MAX)
						.freshClients(1, Duration.ofMillis(500))
						.start()) {
				mostLoad.awaitRequests(1000, MAX);
				lateLoad.awaitRequests(5, MAX);
				long start = System.nanoTime();
				watcher.remove(leaving.address());
				leaving.terminate().awaitExit();
				Duration timeToEnd = Duration.ofNanos(System.nanoTime() - start);
				// What was sent to the pod that left has failed or not by now; and a
				// while on.
				mostLoad.awaitRequests(mostLoad.requests() + 200, MAX);
				late.awaitEndpoints(List.of(staying.address()), MAX);
				lateLoad.awaitRequests(lateLoad.requests() + 2, MAX);
				Rollout rollout = new Rollout(mostLoad.stop(), lateLoad.stop(), timeToEnd);
				System.out.println("Rolled " + String.join(" ", arguments) + ": " + rollout);
				return rollout;
			}
		}
	}

	private record Rollout(LoadResult most, LoadResult late, Duration timeToEnd) {
	}

}
