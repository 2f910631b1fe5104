package io.podlifecycle.messaging;

import java.util.List;

import io.podlifecycle.process.SetUpJars;
import org.junit.jupiter.api.Tag;

/**
 * A binding of Spring Cloud Stream.
 */
@Tag("full")
class BindingIntegrationTests extends KafkaContract {

	@Override
	String[] client() {
		return new String[] { "kafka", "spring-integration" };
	}

	@Override
	String classPath() {
		return SetUpJars.addTo(super.classPath(), "spring-cloud-stream", "spring-cloud-stream-binder-kafka",
				"spring-cloud-stream-binder-kafka-core", "spring-cloud-function-context", "spring-cloud-function-core",
				"spring-boot-integration", "jackson-datatype-joda", "joda-time", "jakarta.validation-api",
				"hibernate-validator", "jboss-logging", "classmate");
	}

	@Override
	Class<?> application() {
		return BindingApplication.class;
	}

	@Override
	List<String> arguments() {
		return List.of("--spring.cloud.stream.kafka.binder.brokers=" + servers(),
				"--spring.cloud.stream.bindings.records-in-0.destination=${app.queue}",
				"--spring.cloud.stream.bindings.records-in-0.group=records",
				"--spring.cloud.stream.bindings.records-in-0.consumer.max-attempts=1");
	}

}
