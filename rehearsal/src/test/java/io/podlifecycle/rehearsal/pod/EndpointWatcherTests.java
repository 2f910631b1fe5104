package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.node.FrontProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EndpointWatcherTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration PERIOD = Duration.ofMillis(20);

	private final AtomicInteger status = new AtomicInteger(200);

	private final Queue<String> userAgents = new ConcurrentLinkedQueue<>();

	private final Semaphore asked = new Semaphore(0);

	private final HttpServer pod;

	EndpointWatcherTests() throws IOException {
		this.pod = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	}

	@BeforeEach
	void startPod() {
		this.pod.createContext("/readyz", (exchange) -> {
			this.userAgents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
			exchange.sendResponseHeaders(this.status.get(), -1);
			exchange.close();
			this.asked.release();
		});
		this.pod.start();
	}

	@AfterEach
	void stopPod() {
		this.pod.stop(0);
	}

	@Test
	void publishesAReadyPodToEveryProxy() {
		try (FrontProxy one = FrontProxy.start(0);
				FrontProxy two = FrontProxy.start(0);
				EndpointWatcher watcher = new EndpointWatcher(PERIOD, 1, one, two)) {
			watcher.add(endpoint(), readiness());
			watcher.await(endpoint(), true, LONG);
			assertThat(watcher.ready()).containsExactly(endpoint());
			assertThat(one.endpoints()).containsExactly(endpoint());
			assertThat(two.endpoints()).containsExactly(endpoint());
			assertThat(this.userAgents).containsOnly("kube-probe/1.33");
		}
	}

	@Test
	void aPodThatSaysNoDoesNotBecomeReady() throws InterruptedException {
		this.status.set(503);
		try (EndpointWatcher watcher = new EndpointWatcher(PERIOD, 1)) {
			watcher.add(endpoint(), readiness());
			awaitAsked(5);
			assertThat(watcher.ready()).isEmpty();
			this.status.set(200);
			watcher.await(endpoint(), true, LONG);
		}
	}

	@Test
	void aPodThatIsNotThereYetBecomesReadyWhenItIs() throws IOException {
		int port = FreePort.next();
		InetSocketAddress late = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		try (EndpointWatcher watcher = new EndpointWatcher(PERIOD, 1)) {
			watcher.add(late, URI.create("http://127.0.0.1:" + port + "/"));
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> watcher.await(late, true, Duration.ofMillis(100)))
				.withMessageContaining("to be ready");
			HttpServer server = HttpServer.create(late, 0);
			server.createContext("/", (exchange) -> {
				exchange.sendResponseHeaders(200, -1);
				exchange.close();
			});
			server.start();
			watcher.await(late, true, LONG);
			server.stop(0);
			watcher.await(late, false, LONG);
		}
	}

	@Test
	void removeIsAtOnceAndForGoodAndThePodIsStillAsked() throws InterruptedException {
		try (FrontProxy proxy = FrontProxy.start(0); EndpointWatcher watcher = new EndpointWatcher(PERIOD, 1, proxy)) {
			watcher.add(endpoint(), readiness());
			watcher.await(endpoint(), true, LONG);
			watcher.remove(endpoint());
			assertThat(watcher.ready()).isEmpty();
			assertThat(proxy.endpoints()).isEmpty();
			this.asked.drainPermits();
			awaitAsked(3);
			assertThat(proxy.endpoints()).isEmpty();
		}
	}

	@Test
	void removingAnUnknownEndpointDoesNothing() {
		try (EndpointWatcher watcher = new EndpointWatcher(PERIOD, 1)) {
			watcher.remove(endpoint());
			assertThat(watcher.ready()).isEmpty();
		}
	}

	@Test
	void refusesWhatMakesNoSense() {
		assertThatIllegalArgumentException().isThrownBy(() -> new EndpointWatcher(Duration.ZERO, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new EndpointWatcher(PERIOD, 0));
		EndpointWatcher watcher = new EndpointWatcher(PERIOD, 1);
		watcher.add(endpoint(), readiness());
		assertThatIllegalStateException().isThrownBy(() -> watcher.add(endpoint(), readiness()));
		watcher.close();
		watcher.remove(endpoint());
		assertThatIllegalStateException().isThrownBy(() -> watcher.add(endpoint(), readiness()));
	}

	private void awaitAsked(int times) throws InterruptedException {
		assertThat(this.asked.tryAcquire(times, LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	private InetSocketAddress endpoint() {
		return this.pod.getAddress();
	}

	private URI readiness() {
		return URI.create("http://127.0.0.1:" + this.pod.getAddress().getPort() + "/readyz");
	}

}
