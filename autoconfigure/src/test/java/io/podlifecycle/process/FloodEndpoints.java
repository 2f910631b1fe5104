package io.podlifecycle.process;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.podlifecycle.web.LongLived;
import jakarta.websocket.Session;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
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
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.messaging.SessionSubscribeEvent;

/**
 * Streams of Spring MVC that are sent more than their clients take.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@RestController
class FloodEndpoints implements WebSocketConfigurer, WebSocketMessageBrokerConfigurer {

	/** Spring closes sessions that are behind by 512 KB. */
	private static final int STOMP_CHUNKS = 50;

	/** Otherwise a few sessions block all others. */
	private static final int STOMP_THREADS = 32;

	private final Flood flood = new Flood();

	private final ObjectProvider<SimpMessageSendingOperations> stomp;

	FloodEndpoints(ObjectProvider<SimpMessageSendingOperations> stomp) {
		this.stomp = stomp;
	}

	@Override
	public void configureClientOutboundChannel(ChannelRegistration registration) {
		registration.taskExecutor().corePoolSize(STOMP_THREADS);
		registration.interceptors(new ExecutorChannelInterceptor() {

			private final Map<Thread, Runnable> sending = new ConcurrentHashMap<>();

			@Override
			public Message<?> beforeHandle(Message<?> message, MessageChannel channel, MessageHandler handler) {
				this.sending.put(Thread.currentThread(), FloodEndpoints.this.flood.sending());
				return message;
			}

			@Override
			public void afterMessageHandled(Message<?> message, MessageChannel channel, MessageHandler handler,
					@Nullable Exception failure) {
				Objects.requireNonNull(this.sending.remove(Thread.currentThread())).run();
			}

		});
	}

	@EventListener
	void subscribed(SessionSubscribeEvent event) {
		String destination = StompHeaderAccessor.wrap(event.getMessage()).getDestination();
		new Thread(() -> flood(destination), "flood").start();
	}

	/** With pauses, since the broker learns of the subscription a little later. */
	private void flood(@Nullable String destination) {
		for (int i = 0; destination != null && i < STOMP_CHUNKS; i++) {
			this.stomp.getObject().convertAndSend(destination, Flood.CHUNK);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
	}

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(new TextWebSocketHandler() {

			@Override
			public void afterConnectionEstablished(WebSocketSession session) {
				extendSendTimeout(session);
				FloodEndpoints.this.flood.start(() -> session.sendMessage(new TextMessage(Flood.CHUNK)));
			}

		}, "/flood/socket");
	}

	@Override
	public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
		registration.addDecoratorFactory((handler) -> new WebSocketHandlerDecorator(handler) {

			@Override
			public void afterConnectionEstablished(WebSocketSession session) throws Exception {
				extendSendTimeout(session);
				super.afterConnectionEstablished(session);
			}

		});
	}

	/**
	 * By default Tomcat closes a session that has been blocked for 20 s, which is less
	 * than a busy machine takes until all are.
	 */
	private static void extendSendTimeout(WebSocketSession session) {
		Session nativeSession = ((NativeWebSocketSession) session).getNativeSession(Session.class);
		if (nativeSession != null) {
			nativeSession.getUserProperties()
				.put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", TimeUnit.MINUTES.toMillis(5));
		}
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

	@GetMapping(path = "/flood/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<String> flux() {
		return this.flood.flux();
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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConfigurableJettyWebServerFactory.class)
	static class SmallJettyBuffers {

		@Bean
		WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> smallBuffers() {
			return (factory) -> factory.addServerCustomizers((server) -> Stream.of(server.getConnectors())
				.map(ServerConnector.class::cast)
				.forEach((connector) -> connector.setAcceptedSendBufferSize(16384)));
		}

	}

}
