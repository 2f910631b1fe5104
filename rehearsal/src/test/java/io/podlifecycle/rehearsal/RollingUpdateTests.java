package io.podlifecycle.rehearsal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.load.RunningLoad;
import io.podlifecycle.rehearsal.node.EndpointWatcher;
import io.podlifecycle.rehearsal.node.FrontProxy;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The parts together: they must not lose a request themselves, and must see those that an
 * application loses.
 */
class RollingUpdateTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration LAG = Duration.ofMillis(300);

	private final int[] ports = FreePort.next(2);

	@Test
	void whenTheAppLeavesPolitelyNoClientNotices() {
		assertThat(replaceOneOfTwo("polite").failures()).isEmpty();
	}

	@Test
	void whenTheAppLeavesAtOnceClientsOfBothSortsNotice() {
		LoadResult result = replaceOneOfTwo("rude");
		assertThat(result.failures()).extracting(Failure::client)
			.anyMatch((client) -> client.startsWith("kept-alive"))
			.anyMatch((client) -> client.startsWith("fresh"));
		assertThat(result.failures()).extracting(Failure::kind).containsOnly(Failure.Kind.RESET, Failure.Kind.EOF);
	}

	private LoadResult replaceOneOfTwo(String manners) {
		try (FrontProxy proxy = FrontProxy.start(0, LAG);
				EndpointWatcher watcher = new EndpointWatcher(Duration.ofMillis(100), 3, proxy);
				AppProcess leaving = app(0, manners);
				AppProcess staying = app(1, manners)) {
			for (int i = 0; i < 2; i++) {
				watcher.add(endpoint(i), URI.create("http://127.0.0.1:" + this.ports[i] + "/readyz"));
			}
			watcher.await(endpoint(0), true, LONG);
			watcher.await(endpoint(1), true, LONG);
			proxy.awaitEndpoints(List.of(endpoint(0), endpoint(1)), LONG);
			try (RunningLoad load = Load.builder(proxy.uri("/"), LONG)
				.keepAliveClients(6, Duration.ofMillis(100))
				.freshClients(2, Duration.ofMillis(20))
				.start()) {
				load.awaitRequests(100, LONG);
				watcher.remove(endpoint(0));
				leaving.terminate();
				leaving.awaitExit(LONG);
				proxy.awaitEndpoints(List.of(endpoint(1)), LONG);
				load.awaitRequests(load.requests() + 100, LONG);
				assertThat(staying.isAlive()).isTrue();
				return load.stop();
			}
		}
	}

	private AppProcess app(int index, String manners) {
		return AppProcess.builder()
			.mainClass(SmallApp.class.getName())
			.argument(String.valueOf(this.ports[index]), manners)
			.start();
	}

	private InetSocketAddress endpoint(int index) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.ports[index]);
	}

}
