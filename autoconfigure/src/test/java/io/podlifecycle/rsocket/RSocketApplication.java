package io.podlifecycle.rsocket;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.stereotype.Controller;

/**
 * A service that speaks RSocket and nothing else.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Controller
class RSocketApplication {

	private static final Log logger = LogFactory.getLog(RSocketApplication.class);

	public static void main(String[] args) {
		SpringApplication.run(RSocketApplication.class, args);
	}

	@MessageMapping("slow")
	Mono<String> slow(String ms) {
		logger.info("Slow request begins");
		return Mono.just("slow").delayElement(Duration.ofMillis(Long.parseLong(ms)));
	}

	@MessageMapping("ticks")
	Flux<String> ticks() {
		logger.info("Stream begins");
		return Flux.interval(Duration.ofMillis(20)).onBackpressureDrop().map(String::valueOf);
	}

}
