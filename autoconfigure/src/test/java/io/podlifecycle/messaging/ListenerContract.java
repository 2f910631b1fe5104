package io.podlifecycle.messaging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.podlifecycle.process.ClassPath;
import io.podlifecycle.process.SharedClasses;
import io.podlifecycle.rehearsal.process.AppProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for the listeners of every broker: an instance that listens is sent SIGTERM
 * amid a thousand records, and the next one gets the rest. Kafka stands for all of them
 * in the default build.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
abstract class ListenerContract {

	static final int RECORDS = 1000;

	/** So many are done before SIGTERM. */
	static final int BEFORE = 100;

	/** Comes after the others: once it is done, nothing more is to be expected. */
	static final int LAST = RECORDS + 1;

	private static final Duration LIMIT = Duration.ofMinutes(2);

	/**
	 * Return the application and its arguments besides the name of the queue.
	 */
	abstract Class<?> application();

	abstract List<String> arguments();

	/**
	 * Return the names of the client's libraries, out of {@link ClassPath#CLIENTS}.
	 */
	abstract String[] client();

	/**
	 * Return what is on the class path besides Boot and the library.
	 */
	String classPath() {
		return ClassPath.libraries(client());
	}

	/**
	 * Send records with the texts 1 to {@link #LAST} to a new queue.
	 */
	abstract void send(String queue) throws Exception;

	@Test
	void everyRecordIsDoneOnceAcrossARestart() throws Exception {
		assertEachIsDoneOnce(restartAmidRecords("with", "--app.steps=100"));
	}

	@Test
	void withTheLibraryOffTheRecordInHandFailsSinceTheSchedulerHasGone() throws Exception {
		Records records = restartAmidRecords("without", "--app.steps=100", "--pod-lifecycle.enabled=false");
		assertThat(records.missing().size() + records.triedAgain()).as("%s", records).isPositive();
	}

	static void assertEachIsDoneOnce(Records records) {
		assertThat(records.missing()).as("%s", records).isEmpty();
		assertThat(records.triedAgain()).as("%s", records).isZero();
	}

	public Records restartAmidRecords(String queue, String... arguments) throws Exception {
		send(queue);
		try (AppProcess leaving = start(queue, arguments)) {
			leaving.awaitLog("begin " + (BEFORE + 1), LIMIT);
			leaving.terminate();
			assertThat(leaving.awaitExit(LIMIT)).isEqualTo(143);
			try (AppProcess next = start(queue, arguments)) {
				next.awaitLog("done " + LAST, LIMIT);
				next.terminate();
				next.awaitExit(LIMIT);
				Records records = Records.of(RECORDS, leaving, next);
				System.out.println(application().getSimpleName() + " " + String.join(" ", arguments) + ": " + records);
				return records;
			}
		}
	}

	private AppProcess start(String queue, String... arguments) {
		return SharedClasses.withoutServer(application(), classPath())
			.argument("--app.queue=" + queue, "--spring.main.keep-alive=true", "--spring.task.scheduling.pool.size=4")
			.argument(Stream.concat(arguments().stream(), Stream.of(arguments)).toArray(String[]::new))
			.start();
	}

}
