package io.podlifecycle.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.podlifecycle.web.LongLived;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams of Spring MVC.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@RestController
class MvcStreamEndpoints {

	private static final Long NEVER = -1L;

	private final Set<ResponseBodyEmitter> emitters = ConcurrentHashMap.newKeySet();

	private final StreamApplication application;

	MvcStreamEndpoints(StreamApplication application) {
		this.application = application;
		application.ticks().subscribe((tick) -> this.emitters.forEach(this::send));
	}

	@GetMapping("/emitter")
	SseEmitter emitter() {
		return register(new SseEmitter(NEVER));
	}

	@GetMapping("/entity")
	ResponseEntity<SseEmitter> entity() {
		return ResponseEntity.ok(register(new SseEmitter(NEVER)));
	}

	@LongLived
	@GetMapping("/marked")
	ResponseBodyEmitter marked() {
		return register(new ResponseBodyEmitter(NEVER));
	}

	@LongLived
	@GetMapping("/poll")
	DeferredResult<String> poll() {
		this.application.opened();
		return new DeferredResult<>(NEVER, "nothing yet");
	}

	@Bean
	RouterFunction<ServerResponse> functional() {
		return RouterFunctions.route().GET("/functional", (request) -> ServerResponse.sse((sse) -> {
			this.application.opened();
			try {
				sse.send(StreamApplication.EVENT);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}, Duration.ofHours(1))).build();
	}

	private <E extends ResponseBodyEmitter> E register(E emitter) {
		emitter.onCompletion(() -> this.emitters.remove(emitter));
		this.emitters.add(emitter);
		this.application.opened();
		return emitter;
	}

	private void send(ResponseBodyEmitter emitter) {
		try {
			emitter.send(StreamApplication.EVENT);
		}
		catch (IOException | IllegalStateException ex) {
			this.emitters.remove(emitter);
		}
	}

}
