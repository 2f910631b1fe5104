package io.podlifecycle.task;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.process.SharedClasses;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTERM amid jobs of Quartz, whose triggers go on to be due.
 */
@Tag("full")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class QuartzIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(100);

	@Test
	void whatHasBegunIsDoneAndNothingBeginsAnyMore() {
		try (AppProcess app = terminate()) {
			assertThat(jobs(app, "begin ")).isPositive().isEqualTo(jobs(app, "done "));
		}
	}

	@Test
	void aJobThatTheDrainDoesNotWaitForIsNamedAndCutOff() {
		try (AppProcess app = terminate("--app.seconds=600", "--pod-lifecycle.shutdown.drain-timeout=1s")) {
			assertThat(app.log()).extracting(LogLine::text)
				.anyMatch((line) -> line.matches(".* [1-9] not waited for any more, .*"))
				.anyMatch((line) -> line.matches("\\s+work: .* [1-9] cut off"))
				.anyMatch(
						(line) -> line.contains("participant: Quartz jobs has ") && line.contains("billing.statement"));
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "--pod-lifecycle.enabled=false", "--pod-lifecycle.shutdown.participants.quartz.enabled=false" })
	void withoutThatJobsAreCutOff(String off) {
		try (AppProcess app = terminate(off)) {
			assertThat(jobs(app, "done ")).isLessThan(jobs(app, "begin "));
		}
	}

	private static AppProcess terminate(String... arguments) {
		AppProcess app = SharedClasses.withoutServer(QuartzApplication.class)
			.argument("--spring.main.keep-alive=true")
			.argument(arguments)
			.start();
		app.awaitLog("begin 3", LIMIT);
		app.terminate();
		assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
		return app;
	}

	private static long jobs(AppProcess app, String what) {
		return app.log().stream().filter((line) -> line.text().startsWith(what)).count();
	}

}
