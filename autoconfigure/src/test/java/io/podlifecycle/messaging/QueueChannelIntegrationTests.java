package io.podlifecycle.messaging;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.process.ClassPath;
import io.podlifecycle.process.SharedClasses;
import io.podlifecycle.rehearsal.process.AppProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages in queue channels when the application is sent SIGTERM.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@Tag("full")
class QueueChannelIntegrationTests {

	static final int RECORDS = 200;

	private static final Duration LIMIT = Duration.ofMinutes(2);

	@Test
	void allAreHandled() {
		Records records = endAmidRecords();
		assertThat(records.missing()).as("%s", records).isEmpty();
	}

	/** The negative control. */
	@Test
	void withTheLibraryOffTheyAreLost() {
		Records records = endAmidRecords("--pod-lifecycle.enabled=false");
		assertThat(records.missing()).as("%s", records).isNotEmpty();
	}

	private static Records endAmidRecords(String... arguments) {
		try (AppProcess process = SharedClasses
			.withoutServer(QueueChannelApplication.class, ClassPath.libraries("spring-integration"))
			.argument("--spring.main.keep-alive=true", "--pod-lifecycle.shutdown.grace-period=2m")
			.argument(arguments)
			.start()) {
			process.awaitLog("begin 20", LIMIT);
			process.terminate();
			assertThat(process.awaitExit(LIMIT)).isEqualTo(143);
			Records records = Records.of(RECORDS, process);
			System.out.println("QueueChannelApplication " + String.join(" ", arguments) + ": " + records);
			return records;
		}
	}

}
