package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WatchedPodTests {

	private static final Probe PROBE = Probe.httpGet("/")
		.withPeriod(Duration.ofMillis(5))
		.withTimeout(Duration.ofSeconds(10));

	private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();

	@Test
	void whenRemovedIsAskedUntilThePodRefusesTheConnection() throws IOException, InterruptedException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		server.start();
		URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
		String name = "watched-" + server.getAddress().getPort();
		WatchedPod pod = new WatchedPod(name, PROBE, uri, () -> this.changes.add("changed"));
		assertThat(this.changes.poll(30, TimeUnit.SECONDS)).isNotNull();
		assertThat(pod.isReady()).isTrue();
		pod.remove();
		assertThat(this.changes).hasSize(1);
		assertThat(pod.isReady()).isFalse();
		Thread asking = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(name))
			.findAny()
			.orElseThrow();
		server.stop(0);
		asking.join(30_000);
		assertThat(asking.isAlive()).isFalse();
	}

}
