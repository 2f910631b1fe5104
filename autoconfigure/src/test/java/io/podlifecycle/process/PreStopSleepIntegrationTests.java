package io.podlifecycle.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.time.Sleeper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pod whose preStop hook sleeps, and whose application is not told so: it is removed
 * from its Service, SIGTERM comes 10 s later, and SIGKILL 30 s after the removal.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PreStopSleepIntegrationTests {

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);

	private static final Duration SLEEP = Duration.ofSeconds(10);

	private static final Duration PAUSE = Duration.ofMillis(200);

	/** Enough to tell that requests come steadily. */
	private static final int REQUESTS = 65;

	private static final String ASSUMPTION = "a preStop hook is assumed to take 10 s";

	private static final String EVIDENCE = "the pod seems to have a preStop hook that sleeps";

	@Test
	@Tag("full")
	void anApplicationThatIsToldNothingIsNotKilled() throws IOException {
		try (Service busy = start();
				Service hanging = start();
				Service other = start("--pod-lifecycle.shutdown.grace-period=30")) {
			for (int i = 0; i < REQUESTS; i++) {
				busy.get("/hello");
				Sleeper.system().sleepUnlessInterrupted(PAUSE);
			}
			hang(hanging);
			hang(other);
			CompletableFuture<Integer> exitCodeOfBusy = CompletableFuture.supplyAsync(() -> delete(busy));
			CompletableFuture<Integer> exitCodeOfHanging = CompletableFuture.supplyAsync(() -> delete(hanging));
			// It believes that it has 30 s from SIGTERM on.
			assertThat(delete(other)).isEqualTo(137);
			assertThat(exitCodeOfHanging.join()).as(hanging::log).isEqualTo(143);
			assertThat(exitCodeOfBusy.join()).as(busy::log).isEqualTo(143);
			assertThat(hanging.log()).containsOnlyOnce(ASSUMPTION)
				.contains("Beans are destroyed", "cut off: GET /hang/sync")
				.doesNotContain(EVIDENCE);
			assertThat(busy.log()).containsOnlyOnce(ASSUMPTION).containsOnlyOnce(EVIDENCE);
			assertThat(other.log()).doesNotContain(ASSUMPTION, EVIDENCE);
		}
	}

	private static Service start(String... arguments) {
		String[] all = new String[arguments.length + 1];
		all[0] = Hangs.SOURCE;
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		return Service.startOnKubernetes(all).awaitReady();
	}

	private static void hang(Service service) {
		Thread client = new Thread(() -> {
			try {
				service.get("/hang/sync");
			}
			catch (IOException ex) {
				// As it must be: it is cut off.
			}
		});
		client.setDaemon(true);
		client.start();
		service.awaitLog("Request hangs: sync");
	}

	private static int delete(Service service) {
		Sleeper.system().sleepUnlessInterrupted(SLEEP);
		service.terminate();
		if (!service.hasEndedWithin(GRACE_PERIOD.minus(SLEEP))) {
			service.signal("KILL");
		}
		return service.awaitExit();
	}

}
