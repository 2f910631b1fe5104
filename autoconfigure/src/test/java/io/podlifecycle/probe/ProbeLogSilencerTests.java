package io.podlifecycle.probe;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeLogSilencerTests {

	private final LoggingSystem loggingSystem = LoggingSystem.get(getClass().getClassLoader());

	private final Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients.admin.AdminClientConfig");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.loggingSystem.setLogLevel("org.apache", LogLevel.INFO);
		this.log.start();
		this.kafka.addAppender(this.log);
	}

	@AfterEach
	void reset() {
		this.kafka.detachAppender(this.log);
		this.loggingSystem.setLogLevel("org.apache", null);
		this.loggingSystem.setLogLevel("org.apache.kafka", null);
	}

	@Test
	void onlyTheProbesAreSilentAndOnlyUntilTheyAreDone() throws Exception {
		try (ProbeLogSilencer quiet = ProbeLogSilencer.silence(this.loggingSystem)) {
			assertThat(quiet.sparesOthers()).isTrue();
			probe();
			this.kafka.info("The application's own");
			assertThat(messages()).containsExactly("The application's own");
		}
		this.log.list.clear();
		probe();
		assertThat(messages()).containsExactly("The probe's", "Of a thread of the probe");
	}

	@Test
	void aLevelOfTheUserStays() throws Exception {
		this.loggingSystem.setLogLevel("org.apache.kafka", LogLevel.INFO);
		try (ProbeLogSilencer quiet = ProbeLogSilencer.silence(this.loggingSystem)) {
			assertThat(quiet.sparesOthers()).isTrue();
			probe();
			assertThat(messages()).hasSize(2);
		}
	}

	@Test
	void whoDebugsSeesEverythingEvenIfItIsLater() throws Exception {
		try (ProbeLogSilencer quiet = ProbeLogSilencer.silence(this.loggingSystem)) {
			assertThat(quiet.sparesOthers()).isTrue();
			this.loggingSystem.setLogLevel("org.apache", LogLevel.DEBUG);
			probe();
			assertThat(messages()).hasSize(2);
		}
	}

	@Test
	void withAnotherLoggingSystemLoggersAreOffUntilTheProbesAreDone() {
		try (ProbeLogSilencer quiet = ProbeLogSilencer.switchOff(this.loggingSystem, List.of("org.apache.kafka"))) {
			assertThat(quiet.sparesOthers()).isFalse();
			assertThat(this.kafka.isErrorEnabled()).isFalse();
		}
		assertThat(this.kafka.isInfoEnabled()).isTrue();
	}

	@Test
	void withoutALoggingSystemNothingIsDone() {
		ProbeLogSilencer.silence(null).close();
	}

	private List<String> messages() {
		return this.log.list.stream().map(ILoggingEvent::getMessage).toList();
	}

	private void probe() throws Exception {
		Probes probes = new Probes(List.of(new LoggingProbeFactory()));
		probes.create(ProbeRequest.of(Target.of("logging:x"))).check(Duration.ofSeconds(20));
	}

	private final class LoggingProbeFactory implements ProbeFactory {

		@Override
		public Set<String> schemes() {
			return Set.of("logging");
		}

		@Override
		public Probe create(ProbeRequest request) {
			return (timeLimit) -> {
				ProbeLogSilencerTests.this.kafka.info("The probe's");
				Thread thread = new Thread(() -> ProbeLogSilencerTests.this.kafka.error("Of a thread of the probe"));
				thread.start();
				thread.join();
				return ProbeResult.answered();
			};
		}

	}

}
