package io.podlifecycle.boot.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.podlifecycle.boot.DependencyProperties;
import io.podlifecycle.boot.PodLifecycleProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.util.ReflectionUtils;

/**
 * What a native image cannot find out by itself: the signal handler, which is made by
 * reflection, properties that are bound before there is a context, and which libraries
 * are there.
 */
final class PodLifecycleRuntimeHints implements RuntimeHintsRegistrar {

	private static final String SIGNAL = "sun.misc.Signal";

	private static final String SIGNAL_HANDLER = "sun.misc.SignalHandler";

	/** Fields that have no public getter. */
	private static final Map<String, List<String>> FIELDS = Map.ofEntries(
			Map.entry("org.springframework.context.support.DefaultLifecycleProcessor",
					List.of("timeoutsForShutdownPhases", "timeoutPerShutdownPhase")),
			Map.entry("org.springframework.scheduling.concurrent.ExecutorConfigurationSupport",
					List.of("awaitTerminationMillis")),
			Map.entry("org.springframework.core.task.SimpleAsyncTaskExecutor",
					List.of("taskTerminationTimeout", "taskDecorator")),
			Map.entry("org.springframework.jms.listener.AbstractPollingMessageListenerContainer",
					List.of("receiveTimeout")),
			Map.entry("org.apache.catalina.connector.RequestFacade", List.of("request")),
			Map.entry("org.springframework.integration.amqp.inbound.AmqpInboundChannelAdapter",
					List.of("messageListenerContainer")),
			Map.entry("org.springframework.integration.channel.QueueChannel", List.of("queue")),
			Map.entry("org.springframework.integration.jms.JmsMessageDrivenEndpoint", List.of("listenerContainer")),
			Map.entry("org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter",
					List.of("messageListenerContainer")),
			Map.entry("org.springframework.data.redis.stream.DefaultStreamMessageListenerContainer",
					List.of("subscriptions")),
			Map.entry("org.springframework.cloud.stream.binding.InputBindingLifecycle", List.of("inputBindings")),
			Map.entry("org.springframework.cloud.stream.binder.DefaultBinding", List.of("lifecycle")));

	/** Classes whose presence on the class path decides what is done. */
	private static final List<String> PRESENT = List.of("ch.qos.logback.classic.LoggerContext",
			"com.mongodb.client.MongoClient", "com.rabbitmq.client.ConnectionFactory", "io.grpc.health.v1.HealthGrpc",
			"io.lettuce.core.RedisClient", "jakarta.servlet.ServletContext", "jakarta.websocket.Session",
			"java.sql.Driver", "org.apache.kafka.clients.admin.Admin", "org.eclipse.jetty.websocket.api.Session",
			"org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer",
			"org.springframework.boot.health.actuate.endpoint.HealthEndpoint",
			"org.springframework.web.context.WebApplicationContext", "reactor.core.publisher.Flux");

	private static final String EMITTER = "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter";

	private static final String WEB_SOCKET_SESSION = "org.springframework.web.reactive.socket.adapter.AbstractWebSocketSession";

	private static final String TOMCAT_PROTOCOL = "org.apache.coyote.AbstractProtocol";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(PodLifecycleProperties.class, DependencyProperties.class)
			.registerHints(hints, classLoader);
		// The short form of a dependency, found by Spring's conversion.
		hints.reflection()
			.registerMethod(
					Objects.requireNonNull(
							ReflectionUtils.findMethod(DependencyProperties.class, "valueOf", String.class)),
					ExecutableMode.INVOKE);
		for (String type : new String[] { SIGNAL, SIGNAL_HANDLER }) {
			hints.reflection()
				.registerType(TypeReference.of(type), MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS,
						MemberCategory.INVOKE_PUBLIC_METHODS);
		}
		PRESENT.forEach((type) -> hints.reflection().registerTypeIfPresent(classLoader, type, (hint) -> {
		}));
		FIELDS.forEach((type, fields) -> hints.reflection()
			.registerTypeIfPresent(classLoader, type, (hint) -> fields.forEach(hint::withField)));
		// What cuts off a stream whose client does not read.
		hints.reflection()
			.registerType(TypeReference.of(EMITTER), MemberCategory.ACCESS_DECLARED_FIELDS)
			.registerType(TypeReference.of(WEB_SOCKET_SESSION), MemberCategory.INVOKE_DECLARED_METHODS)
			.registerType(TypeReference.of(TOMCAT_PROTOCOL), MemberCategory.INVOKE_DECLARED_METHODS);
		hints.proxies().registerJdkProxy(TypeReference.of(SIGNAL_HANDLER));
	}

}
