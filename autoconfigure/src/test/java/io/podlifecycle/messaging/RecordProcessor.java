package io.podlifecycle.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.TaskScheduler;

/**
 * What the listeners of these tests do with a record: steps that need another bean of the
 * application, its scheduler. The record that is in hand when SIGTERM comes has more of
 * them, or needs time without any. Says on standard output what it does, as the test
 * wants to know.
 */
class RecordProcessor {

	/** The record in hand when the application is told to leave. */
	private static final int IN_HAND = ListenerContract.BEFORE + 1;

	private final TaskScheduler scheduler;

	private final int steps;

	private final Duration pause;

	RecordProcessor(TaskScheduler scheduler, @Value("${app.steps:1}") int steps,
			@Value("${app.pause:0s}") Duration pause) {
		this.scheduler = scheduler;
		this.steps = steps;
		this.pause = pause;
	}

	void process(String text) throws Exception {
		int record = Integer.parseInt(text);
		System.out.println("begin " + record);
		for (int step = 0; step < ((record == IN_HAND) ? this.steps : 1); step++) {
			step((record == IN_HAND) ? Duration.ofMillis(10) : Duration.ofMillis(1));
		}
		if (record == IN_HAND && !this.pause.isZero()) {
			TimeUnit.MILLISECONDS.sleep(this.pause.toMillis());
		}
		System.out.println("done " + record);
	}

	private void step(Duration duration) throws Exception {
		Future<?> step = this.scheduler.schedule(() -> {
		}, Instant.now().plus(duration));
		step.get(60, TimeUnit.SECONDS);
	}

}
