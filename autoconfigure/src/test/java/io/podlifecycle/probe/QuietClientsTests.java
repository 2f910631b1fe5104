package io.podlifecycle.probe;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

class QuietClientsTests {

	private final LoggingSystem loggingSystem = LoggingSystem.get(getClass().getClassLoader());

	private final Logger kafka = LoggerFactory.getLogger("org.apache.kafka.clients.admin.AdminClientConfig");

	@AfterEach
	void reset() {
		this.loggingSystem.setLogLevel("org.apache", null);
		this.loggingSystem.setLogLevel("org.apache.kafka", null);
	}

	@Test
	void clientsAreSilentUntilTheProbesAreDone() {
		this.loggingSystem.setLogLevel("org.apache", LogLevel.INFO);
		try (QuietClients quiet = QuietClients.silence(this.loggingSystem)) {
			assertThat(quiet).isNotNull();
			assertThat(this.kafka.isErrorEnabled()).isFalse();
		}
		assertThat(this.kafka.isInfoEnabled()).isTrue();
	}

	@Test
	void aLevelOfTheUserStays() {
		this.loggingSystem.setLogLevel("org.apache.kafka", LogLevel.WARN);
		try (QuietClients quiet = QuietClients.silence(this.loggingSystem)) {
			assertThat(quiet).isNotNull();
			assertThat(this.kafka.isWarnEnabled()).isTrue();
		}
		assertThat(this.kafka.isWarnEnabled()).isTrue();
		assertThat(this.kafka.isInfoEnabled()).isFalse();
	}

	@Test
	void whoDebugsSeesEverything() {
		this.loggingSystem.setLogLevel("org.apache", LogLevel.DEBUG);
		try (QuietClients quiet = QuietClients.silence(this.loggingSystem)) {
			assertThat(quiet).isNotNull();
			assertThat(this.kafka.isDebugEnabled()).isTrue();
		}
	}

	@Test
	void withoutALoggingSystemNothingIsDone() {
		QuietClients.silence(null).close();
	}

}
