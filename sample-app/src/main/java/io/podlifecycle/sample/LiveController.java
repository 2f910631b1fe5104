package io.podlifecycle.sample;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;

import org.springframework.http.MediaType;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * What {@code live.html} shows, as server-sent events: a snapshot at once and then four
 * times a second. The library ends the stream when the drain begins; the page comes back,
 * gets a last snapshot each time, and in the end nobody answers.
 */
@RestController
class LiveController {

	private static final Duration PERIOD = Duration.ofMillis(250);

	private final LiveSnapshots snapshots;

	private final TaskScheduler scheduler;

	LiveController(LiveSnapshots snapshots, TaskScheduler scheduler) {
		this.snapshots = snapshots;
		this.scheduler = scheduler;
	}

	@GetMapping(path = "/live/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter events() {
		SseEmitter emitter = new SseEmitter(0L);
		send(emitter);
		ScheduledFuture<?> sending = this.scheduler.scheduleAtFixedRate(() -> send(emitter), Instant.now().plus(PERIOD),
				PERIOD);
		emitter.onCompletion(() -> sending.cancel(false));
		return emitter;
	}

	private void send(SseEmitter emitter) {
		try {
			emitter.send(SseEmitter.event()
				.reconnectTime(PERIOD.toMillis())
				.data(this.snapshots.snapshot(), MediaType.APPLICATION_JSON));
		}
		catch (IOException | IllegalStateException ex) {
			// The page was closed, or the stream has been ended: the container completes
			// it, and that ends the sending.
		}
	}

}
