package io.podlifecycle.task;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.process.SharedClasses;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.process.HttpProbe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Periodic tasks of an application that is terminated.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class UpkeepIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String OFF = "--pod-lifecycle.enabled=false";

	private static final String POLLS = "--app.polls=true";

	private final int port = FreePort.next();

	@Test
	void leasesAreRenewedWhileARequestIsServed() {
		try (AppProcess app = start()) {
			CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::renewals);
			int renewals = renewalsAfterSigterm(app);
			assertThat(renewals).isPositive();
			assertThat(answer.join()).isEqualTo(String.valueOf(renewals));
		}
	}

	@Test
	void withTheLibraryOffTheyAreNot() {
		try (AppProcess app = start(OFF)) {
			// Plain Boot may close the connection before the answer has been written.
			CompletableFuture<?> end = CompletableFuture.supplyAsync(this::renewals)
				.handle((answer, failure) -> answer);
			assertThat(renewalsAfterSigterm(app)).isZero();
			end.join();
		}
	}

	@Test
	@Tag("full")
	void onlyTheRunInProgressOfAPollIsWaitedFor() {
		try (AppProcess app = start(POLLS); AppProcess other = start(POLLS, OFF)) {
			Map<String, Long> polls = pollsAfterSigterm(app);
			Map<String, Long> pollsOfPlainBoot = pollsAfterSigterm(other);
			// The run in progress, and one that begins before it is known to repeat
			// itself.
			Stream.of("annotated", "delayed", "triggered", "pooled")
				.forEach((kind) -> assertThat(polls.getOrDefault(kind, 0L)).as(kind)
					.isLessThanOrEqualTo(pollsOfPlainBoot.getOrDefault(kind, 0L) + 2));
		}
	}

	private static int renewalsAfterSigterm(AppProcess app) {
		app.awaitLog("request begun", LIMIT);
		app.terminate();
		String renewals = app.awaitLog("renewals: ", LIMIT).text();
		assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
		return Integer.parseInt(renewals.substring("renewals: ".length()));
	}

	private String renewals() {
		try {
			return HttpProbe.create().get(uri("/renewals?ms=4000")).body();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Long> pollsAfterSigterm(AppProcess app) {
		app.awaitLog("poll pooled", LIMIT);
		int before = app.log().size();
		app.terminate();
		assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
		return app.log()
			.stream()
			.skip(before)
			.map((line) -> line.text())
			.filter((text) -> text.startsWith("poll "))
			.collect(Collectors.groupingBy((text) -> text.substring(5), Collectors.counting()));
	}

	private AppProcess start(String... arguments) {
		int own = (arguments.length > 1) ? FreePort.next() : this.port;
		AppProcess app = SharedClasses.withTomcat(UpkeepApplication.class)
			.argument("--server.port=" + own, "--spring.main.banner-mode=off", "--spring.task.scheduling.pool.size=8")
			.argument(arguments)
			.start();
		HttpProbe.create()
			.awaitStatus(URI.create("http://127.0.0.1:" + own + "/actuator/health/readiness"), 200, LIMIT);
		return app;
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

}
