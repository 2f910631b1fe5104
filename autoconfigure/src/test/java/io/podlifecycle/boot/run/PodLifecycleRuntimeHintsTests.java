package io.podlifecycle.boot.run;

import java.lang.reflect.Method;

import io.podlifecycle.boot.DependencyProperties;
import io.podlifecycle.boot.JournalProperties;
import io.podlifecycle.boot.ParticipantProperties;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.ShutdownProperties;
import io.podlifecycle.boot.StartupProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The hints are found by the AOT engine, and are complete.
 */
class PodLifecycleRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	PodLifecycleRuntimeHintsTests() {
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter(PodLifecycleRuntimeHints.class::isInstance)
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@Test
	void theSignalHandlerCanBeMade() {
		for (String type : new String[] { "sun.misc.Signal", "sun.misc.SignalHandler" }) {
			assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(type))).accepts(this.hints);
		}
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(TypeReference.of("sun.misc.SignalHandler")))
			.accepts(this.hints);
	}

	@Test
	void everyPropertyCanBeBound() throws NoSuchMethodException {
		for (Class<?> type : new Class<?>[] { PodLifecycleProperties.class, StartupProperties.class,
				StartupProperties.WarmUp.class, ShutdownProperties.class, ShutdownProperties.Propagation.class,
				ParticipantProperties.class, JournalProperties.class, DependencyProperties.class,
				DependencyProperties.Watch.class }) {
			assertThat(RuntimeHintsPredicates.reflection().onType(type)).as(type.getName()).accepts(this.hints);
		}
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(DependencyProperties.class.getMethod("setUri", String.class))).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(DependencyProperties.class.getMethod("valueOf", String.class))).accepts(this.hints);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			org.springframework.context.support.DefaultLifecycleProcessor,             timeoutsForShutdownPhases
			org.springframework.context.support.DefaultLifecycleProcessor,             timeoutPerShutdownPhase
			org.springframework.scheduling.concurrent.ExecutorConfigurationSupport,    awaitTerminationMillis
			org.springframework.core.task.SimpleAsyncTaskExecutor,                     taskTerminationTimeout
			org.springframework.core.task.SimpleAsyncTaskExecutor,                     taskDecorator
			org.springframework.jms.listener.AbstractPollingMessageListenerContainer,  receiveTimeout
			org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter, writeLock
			org.apache.catalina.connector.RequestFacade,                               request
			""")
	void fieldsThatHaveNoGetterCanBeRead(Class<?> type, String field) {
		assertThat(ReflectionUtils.findField(type, field)).as("a field that has moved in this version of Spring")
			.isNotNull();
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(type, field)).accepts(this.hints);
	}

	@ParameterizedTest
	@CsvSource({ "org.springframework.web.reactive.socket.adapter.AbstractWebSocketSession, getDelegate",
			"org.apache.coyote.AbstractProtocol, getEndpoint" })
	void methodsThatAreNotPublicCanBeCalled(Class<?> type, String method) {
		Method found = ReflectionUtils.findMethod(type, method);
		assertThat(found).isNotNull();
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(found)).accepts(this.hints);
	}

}
