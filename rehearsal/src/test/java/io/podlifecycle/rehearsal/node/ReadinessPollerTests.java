package io.podlifecycle.rehearsal.node;

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
import io.podlifecycle.rehearsal.process.HttpProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadinessPollerTests {

	private static final HttpProbe PROBE = HttpProbe.of("kube-probe/1.33", Duration.ofSeconds(5));

	private static final Duration PERIOD = Duration.ofMillis(5);

	private final AtomicInteger answers = new AtomicInteger();

	private final BlockingQueue<Integer> changesAfterAnswer = new LinkedBlockingQueue<>();

	private final HttpServer pod;

	ReadinessPollerTests() throws IOException {
		this.pod = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	}

	@AfterEach
	void stopPod() {
		this.pod.stop(0);
	}

	@Test
	void changesAtTheFirstSuccessAndAtTheThresholdOfFailuresInARow() throws InterruptedException {
		ReadinessPoller poller = poll(3, 503, 200, 503, 503, 302, 503, 503, 404, 503, 200);
		assertThat(nextChange()).isEqualTo(2);
		assertThat(nextChange()).isEqualTo(8);
		assertThat(nextChange()).isEqualTo(10);
		poller.stop();
	}

	@Test
	void whenRemovedEndsOnceThePodRefusesTheConnection() throws InterruptedException {
		ReadinessPoller poller = poller(1, 200);
		Thread thread = start(poller);
		assertThat(nextChange()).isEqualTo(1);
		poller.remove();
		assertThat(poller.isReady()).isFalse();
		assertThat(thread.isAlive()).isTrue();
		this.pod.stop(0);
		thread.join(30_000);
		assertThat(thread.isAlive()).isFalse();
	}

	private ReadinessPoller poll(int threshold, int... statuses) {
		ReadinessPoller poller = poller(threshold, statuses);
		start(poller);
		return poller;
	}

	/** The last status is repeated. */
	private ReadinessPoller poller(int threshold, int... statuses) {
		this.pod.createContext("/", (exchange) -> {
			int number = this.answers.incrementAndGet();
			exchange.sendResponseHeaders(statuses[Math.min(number, statuses.length) - 1], -1);
			exchange.close();
		});
		this.pod.start();
		URI uri = URI.create("http://127.0.0.1:" + this.pod.getAddress().getPort() + "/");
		return new ReadinessPoller(uri, PROBE, PERIOD, threshold,
				() -> this.changesAfterAnswer.add(this.answers.get()));
	}

	private static Thread start(ReadinessPoller poller) {
		Thread thread = new Thread(poller, "poller");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private int nextChange() throws InterruptedException {
		Integer answer = this.changesAfterAnswer.poll(30, TimeUnit.SECONDS);
		assertThat(answer).as("a change of readiness").isNotNull();
		return answer;
	}

}
