package io.podlifecycle.process;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service that is started as a process of its own, and can be told to misbehave.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ServletEndpoints.class, ReactiveEndpoints.class })
@RestController
class ServiceApplication {

	private static final Log logger = LogFactory.getLog(ServiceApplication.class);

	private final CountDownLatch refused = new CountDownLatch(1);

	public static void main(String[] args) {
		SpringApplication.run(ServiceApplication.class, args);
	}

	@GetMapping("/hello")
	String hello() {
		return "hello";
	}

	@EventListener
	void onReadiness(AvailabilityChangeEvent<ReadinessState> event) {
		logger.info("Readiness is " + event.getState());
		if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
			this.refused.countDown();
		}
	}

	@Bean
	@ConditionalOnBooleanProperty("app.slow-bean")
	InitializingBean slowBean(Environment environment) {
		// Long enough for a signal, and no longer: Spring cannot interrupt it.
		Duration time = environment.getProperty("app.slow-bean-time", Duration.class, Duration.ofSeconds(3));
		return () -> {
			logger.info("Refresh goes on");
			TimeUnit.MILLISECONDS.sleep(time.toMillis());
		};
	}

	@Bean
	@ConditionalOnBooleanProperty("app.runner-waits-for-refusal")
	ApplicationRunner runner() {
		return (arguments) -> {
			logger.info("Runner waits");
			if (this.refused.await(30, TimeUnit.SECONDS)) {
				logger.info("Runner goes on");
			}
		};
	}

	/** Up once a file is there. */
	@Bean
	@ConditionalOnProperty("app.health-file")
	HealthIndicator fortuneHealthIndicator(Environment environment) {
		Path file = Path.of(environment.getRequiredProperty("app.health-file"));
		return new FileHealthIndicator(file);
	}

	@Bean
	@ConditionalOnBooleanProperty("app.health-hangs")
	HealthIndicator hangingHealthIndicator() {
		return () -> {
			while (true) {
				LockSupport.park();
			}
		};
	}

	@Bean
	@ConditionalOnBooleanProperty("app.destroy-hangs")
	DisposableBean hangingBean() {
		return () -> new CountDownLatch(1).await();
	}

	/** Fails as Boot's own indicators do, which log a warning each time. */
	private static final class FileHealthIndicator extends AbstractHealthIndicator {

		private final Path file;

		FileHealthIndicator(Path file) {
			this.file = file;
		}

		@Override
		protected void doHealthCheck(Health.Builder builder) throws NoSuchFileException {
			if (!Files.exists(this.file)) {
				throw new NoSuchFileException(this.file.toString());
			}
			builder.up();
		}

	}

}
