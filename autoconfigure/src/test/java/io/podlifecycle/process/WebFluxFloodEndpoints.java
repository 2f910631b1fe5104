package io.podlifecycle.process;

import java.util.Map;

import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;

/**
 * Streams of Spring WebFlux that are sent more than their clients take.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@RestController
class WebFluxFloodEndpoints {

	private final Flood flood = new Flood();

	@GetMapping(path = { "/flood/flux", "/flood/http2" }, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<String> flux() {
		return this.flood.flux();
	}

	@GetMapping("/blocked")
	ResponseEntity<String> blocked(@RequestParam long count) {
		long blocked = this.flood.blocked();
		return ResponseEntity.status((blocked >= count) ? 200 : 503).body("" + blocked);
	}

	@Bean
	SimpleUrlHandlerMapping floodedSockets() {
		WebSocketHandler handler = (session) -> session.send(this.flood.flux().map(session::textMessage));
		return new SimpleUrlHandlerMapping(Map.of("/flood/socket", handler), 0);
	}

}
