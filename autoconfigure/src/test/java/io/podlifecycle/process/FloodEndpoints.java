package io.podlifecycle.process;

import java.time.Duration;

import io.podlifecycle.web.LongLived;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * Streams of Spring MVC that are sent more than their clients take.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@RestController
class FloodEndpoints implements WebSocketConfigurer {

	private final Flood flood = new Flood();

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(new TextWebSocketHandler() {

			@Override
			public void afterConnectionEstablished(WebSocketSession session) {
				FloodEndpoints.this.flood.start(() -> session.sendMessage(new TextMessage(Flood.CHUNK)));
			}

		}, "/flood/socket");
	}

	@LongLived
	@GetMapping("/flood/marked")
	ResponseBodyEmitter marked() {
		ResponseBodyEmitter emitter = new ResponseBodyEmitter(-1L);
		this.flood.start(() -> emitter.send(Flood.CHUNK, MediaType.TEXT_PLAIN));
		return emitter;
	}

	@GetMapping("/flood/emitter")
	SseEmitter emitter() {
		SseEmitter emitter = new SseEmitter(-1L);
		this.flood.start(() -> emitter.send(Flood.CHUNK, MediaType.TEXT_PLAIN));
		return emitter;
	}

	@Bean
	RouterFunction<ServerResponse> floodOfFunction() {
		return RouterFunctions.route()
			.GET("/flood/functional",
					(request) -> ServerResponse.sse((sse) -> this.flood.start(() -> sse.send(Flood.CHUNK)),
							Duration.ofHours(1)))
			.build();
	}

	@GetMapping("/blocked")
	ResponseEntity<String> blocked(@RequestParam long count) {
		long blocked = this.flood.blocked();
		return ResponseEntity.status((blocked >= count) ? 200 : 503).body("" + blocked);
	}

	/** Thousands of buffers of the default size would take gigabytes. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConfigurableTomcatWebServerFactory.class)
	static class SmallTomcatBuffers {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> smallBuffers() {
			return (factory) -> factory
				.addConnectorCustomizers((connector) -> connector.setProperty("socket.txBufSize", "16384"));
		}

	}

}
