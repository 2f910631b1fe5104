package io.podlifecycle.sample;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Fortunes without an end, as server-sent events and over a WebSocket: streams that would
 * never end by themselves. They are numbered, and go on from the {@code Last-Event-ID} of
 * a client that comes back.
 */
@RestController
class FortuneStreams extends TextWebSocketHandler {

	private static final String LAST = "Last-Event-ID";

	private final Map<String, ScheduledFuture<?>> sessions = new ConcurrentHashMap<>();

	private final TaskScheduler scheduler;

	private final Duration interval;

	FortuneStreams(TaskScheduler scheduler, @Value("${sample.stream-interval}") Duration interval) {
		this.scheduler = scheduler;
		this.interval = interval;
	}

	@GetMapping(path = "/fortunes", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter fortunes(@RequestHeader(name = LAST, defaultValue = "0") long last) {
		SseEmitter emitter = new SseEmitter(0L);
		ScheduledFuture<?> telling = tell(last,
				(number, fortune) -> emitter.send(SseEmitter.event().id(String.valueOf(number)).data(fortune)));
		emitter.onCompletion(() -> telling.cancel(false));
		return emitter;
	}

	/**
	 * Maps the WebSocket by hand: {@code @EnableWebSocket} would bring a scheduler that
	 * takes the place of Spring Boot's.
	 * @return what maps it
	 */
	@Bean
	SimpleUrlHandlerMapping fortunesOverWebSocket() {
		return new SimpleUrlHandlerMapping(Map.of("/fortunes/socket", new WebSocketHttpRequestHandler(this)), 0);
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		@Nullable String last = session.getHandshakeHeaders().getFirst(LAST);
		this.sessions.put(session.getId(), tell((last != null) ? Long.parseLong(last) : 0, (number, fortune) -> {
			if (session.isOpen()) {
				session.sendMessage(new TextMessage(number + " " + fortune));
			}
		}));
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		@Nullable ScheduledFuture<?> telling = this.sessions.remove(session.getId());
		if (telling != null) {
			telling.cancel(false);
		}
	}

	private ScheduledFuture<?> tell(long last, Listener listener) {
		AtomicLong number = new AtomicLong(last);
		return this.scheduler.scheduleAtFixedRate(() -> {
			try {
				listener.hear(number.incrementAndGet(), Fortunes.at(Instant.now()));
			}
			catch (IOException | IllegalStateException ex) {
				// The client has disconnected, or the stream was ended. The container
				// completes
				// it, which ends the telling.
			}
		}, Instant.now(), this.interval);
	}

	@FunctionalInterface
	private interface Listener {

		void hear(long number, String fortune) throws IOException;

	}

}
