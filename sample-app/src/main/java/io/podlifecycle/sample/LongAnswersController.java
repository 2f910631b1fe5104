package io.podlifecycle.sample;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Answers that take their time: what a pod has in hand when it is told to go.
 */
@RestController
class LongAnswersController {

	private static final int MAX_MILLIS = 60_000;

	private static final int MAX_TICKS = 600;

	private final TaskScheduler scheduler;

	LongAnswersController(TaskScheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Answers after some time, on the request's own thread.
	 * @param ms the time in milliseconds
	 * @return how long it took
	 * @throws InterruptedException if the server interrupts the request
	 */
	@GetMapping(path = "/slow", produces = MediaType.TEXT_PLAIN_VALUE)
	String slow(@RequestParam(defaultValue = "1000") int ms) throws InterruptedException {
		requireBetween("ms", ms, 0, MAX_MILLIS);
		Thread.sleep(ms);
		return "This took " + ms + " ms\n";
	}

	/**
	 * Streams server-sent events: a tick per interval, and an end.
	 * @param ms the interval in milliseconds
	 * @param ticks the number of ticks
	 * @return the stream
	 */
	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream(@RequestParam(defaultValue = "1000") int ms, @RequestParam(defaultValue = "30") int ticks) {
		requireBetween("ms", ms, 10, MAX_MILLIS);
		requireBetween("ticks", ticks, 1, MAX_TICKS);
		SseEmitter emitter = new SseEmitter(0L);
		AtomicInteger sent = new AtomicInteger();
		ScheduledFuture<?> ticking = this.scheduler.scheduleAtFixedRate(() -> tick(emitter, sent, ticks), Instant.now(),
				Duration.ofMillis(ms));
		emitter.onCompletion(() -> ticking.cancel(false));
		return emitter;
	}

	private static void tick(SseEmitter emitter, AtomicInteger sent, int ticks) {
		int tick = sent.incrementAndGet();
		if (tick > ticks) {
			return;
		}
		try {
			emitter.send(SseEmitter.event().name("tick").data(tick));
			if (tick == ticks) {
				emitter.complete();
			}
		}
		catch (IOException ex) {
			// The client has disconnected. The container completes the emitter, which
			// ends the
			// ticks.
		}
	}

	private static void requireBetween(String name, int value, int min, int max) {
		if (value < min || value > max) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'%s' must be between %d and %d".formatted(name, min, max));
		}
	}

}
