package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeLoopTests {

	private static final Probe PROBE = Probe.httpGet("/")
		.withPeriod(Duration.ofMillis(5))
		.withTimeout(Duration.ofSeconds(10));

	private final AtomicInteger answers = new AtomicInteger();

	private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();

	private final HttpServer pod;

	ProbeLoopTests() throws IOException {
		this.pod = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	}

	@AfterEach
	void stopPod() {
		this.pod.stop(0);
	}

	@Test
	void changesAtTheFirstSuccessAndAtTheThresholdOfFailuresInARow() throws InterruptedException {
		ProbeLoop loop = ask(PROBE, false, 503, 200, 503, 503, 302, 503, 503, 404, 503, 200);
		assertThat(nextChange()).isEqualTo("true after 2: GET /: status 200");
		assertThat(nextChange()).isEqualTo("false after 8: GET /: status 404");
		assertThat(nextChange()).isEqualTo("true after 10: GET /: status 200");
		loop.stop();
	}

	@Test
	void successesCanHaveAThresholdToo() throws InterruptedException {
		ProbeLoop loop = ask(PROBE.withSuccessThreshold(2), false, 200, 503, 200, 200);
		assertThat(nextChange()).startsWith("true after 4");
		loop.stop();
	}

	@Test
	void withoutAnInitialResultTellsOfFailuresFirst() throws InterruptedException {
		ProbeLoop loop = ask(PROBE.withFailureThreshold(2), null, 503);
		assertThat(nextChange()).startsWith("false after 2");
		loop.stop();
	}

	/** The last status is repeated. */
	private ProbeLoop ask(Probe probe, @Nullable Boolean initial, int... statuses) {
		this.pod.createContext("/", (exchange) -> {
			int number = this.answers.incrementAndGet();
			exchange.sendResponseHeaders(statuses[Math.min(number, statuses.length) - 1], -1);
			exchange.close();
		});
		this.pod.start();
		URI uri = URI.create("http://127.0.0.1:" + this.pod.getAddress().getPort() + "/");
		return ProbeLoop.start("probe", probe, uri, initial,
				(success, detail) -> this.changes.add(success + " after " + this.answers.get() + ": " + detail));
	}

	private String nextChange() throws InterruptedException {
		String change = this.changes.poll(30, TimeUnit.SECONDS);
		assertThat(change).as("a change of the result").isNotNull();
		return change;
	}

}
