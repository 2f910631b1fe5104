package io.podlifecycle.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

class MetadataTests {

	@ParameterizedTest
	@ValueSource(strings = { "enabled", "enabled-in-tests", "startup.enabled", "startup.timeout", "startup.discover",
			"startup.discover-exclude", "startup.probe-timeout", "startup.on-timeout", "startup.progress-interval",
			"startup.await-health", "startup.dependencies", "startup.backoff.delay", "startup.backoff.multiplier",
			"startup.backoff.max-delay", "startup.backoff.jitter", "startup.dns-cache.enabled", "startup.dns-cache.ttl",
			"startup.dns-cache.negative-ttl", "shutdown.enabled", "shutdown.grace-period", "shutdown.reserve",
			"shutdown.close-timeout", "shutdown.pre-stop-delay", "shutdown.drain-timeout", "shutdown.connection-linger",
			"shutdown.refuse-readiness", "shutdown.streams.enabled", "shutdown.streams.spread", "shutdown.trigger",
			"shutdown.propagation.mode", "shutdown.propagation.min", "shutdown.propagation.max",
			"shutdown.propagation.quiet-period", "shutdown.propagation.when", "shutdown.propagation.ignore.paths",
			"shutdown.propagation.ignore.user-agents", "journal.file", "journal.scratch-directories",
			"journal.unclean-limit", "journal.keep", "shutdown.intake.kafka.enabled", "shutdown.intake.rabbit.enabled",
			"shutdown.intake.jms.enabled", "shutdown.intake.scheduling.enabled", "shutdown.intake.executors.enabled",
			"shutdown.intake.executors.ignore", "shutdown.intake.grpc.enabled", "shutdown.intake.registry.enabled",
			"shutdown.intake.registry.status" })
	void everyPropertyIsInTheMetadata(String property) throws IOException {
		assertThat(metadata()).contains("\"name\": \"pod-lifecycle." + property + "\"");
	}

	@Test
	void everyPropertyIsDescribed() throws IOException {
		for (String item : StringUtils.delimitedListToStringArray(metadata(), "\"name\": ")) {
			if (item.contains("\"sourceType\"") && item.startsWith("\"pod-lifecycle.")
					&& !item.contains("\"sourceMethod\"")) {
				assertThat(item).contains("\"description\"");
			}
		}
	}

	static String metadata() throws IOException {
		try (InputStream file = PodLifecycleProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(file).isNotNull();
			return new String(file.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
