package io.podlifecycle.process;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a {@link ServiceApplication} answers slowly if it is reactive.
 */
@RestController
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class ReactiveEndpoints {

	private static final Log logger = LogFactory.getLog(ReactiveEndpoints.class);

	@Bean
	@ConditionalOnBooleanProperty("app.own-event-loops")
	ReactorResourceFactory ownEventLoops() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		return resources;
	}

	@GetMapping("/slow")
	Mono<String> slow(@RequestParam long ms) {
		logger.info("Slow request begins, for " + ms + " ms");
		return Mono.just("slow").delayElement(Duration.ofMillis(ms));
	}

	@GetMapping("/streaming")
	Flux<String> streaming(@RequestParam long ms) {
		logger.info("Slow request begins, for " + ms + " ms");
		return Flux.concat(Mono.just("s"), Mono.just("low").delayElement(Duration.ofMillis(ms)));
	}

	/** Blocks the event loop, as it must not. */
	@GetMapping("/hang/sync")
	String hang() {
		logger.info("Request hangs: sync");
		Hangs.hang();
		return "never";
	}

	@GetMapping("/hang/async")
	Mono<String> hangAsynchronously() {
		logger.info("Request hangs: async");
		return Mono.never();
	}

	@GetMapping("/hang/streaming")
	Flux<String> hangStreaming() {
		logger.info("Request hangs: streaming");
		return Flux.concat(Mono.just("s"), Mono.never());
	}

}
