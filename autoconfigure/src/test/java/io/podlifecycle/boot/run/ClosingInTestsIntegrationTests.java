package io.podlifecycle.boot.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A context that is closed while a request is in flight, as that of a MockMvc test is
 * which has stopped at {@code asyncStarted()}.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ClosingInTestsIntegrationTests {

	/** What {@code @SpringBootTest} and all test slices set. */
	private static final String IN_A_TEST = "--org.springframework.boot.test.context.SpringBootTestContextBootstrapper"
			+ "=true";

	private static final String ON_KUBERNETES = "--spring.main.cloud-platform=kubernetes";

	@Test
	void inATestNothingIsDrainedAndNothingIsSupervised() {
		// Those of the test before may take a moment to end.
		await().until(() -> !supervised());
		ConfigurableApplicationContext context = run(IN_A_TEST, ON_KUBERNETES);
		GracefulShutdown shutdown = context.getBean(GracefulShutdown.class);
		assertThat(context.getBean(SupervisedApplication.class).isSignalHandlerMissing()).isFalse();
		assertThat(supervised()).isFalse();
		assertThat(timeToClose(context)).isLessThan(Duration.ofSeconds(3));
		assertThat(shutdown.report()).isEmpty();
	}

	@Test
	void elsewhereThereIsADrain() {
		ConfigurableApplicationContext context = run(ON_KUBERNETES, "--pod-lifecycle.shutdown.drain-timeout=4s");
		GracefulShutdown shutdown = context.getBean(GracefulShutdown.class);
		assertThat(supervised()).isTrue();
		assertThat(timeToClose(context)).isGreaterThan(Duration.ofSeconds(4));
		assertThat(shutdown.report()).isPresent();
	}

	@Test
	void aTestMayAskForIt() {
		ConfigurableApplicationContext context = run(IN_A_TEST, ON_KUBERNETES, "--pod-lifecycle.enabled-in-tests=true",
				"--pod-lifecycle.shutdown.drain-timeout=1s");
		assertThat(supervised()).isTrue();
		assertThat(timeToClose(context)).isGreaterThan(Duration.ofSeconds(1));
	}

	private static Duration timeToClose(ConfigurableApplicationContext context) {
		try (Work request = context.getBean(InFlight.class).begin("request that never ends")) {
			Stopwatch stopwatch = Stopwatch.start(Ticker.system());
			context.close();
			assertThat(request.isListed()).isTrue();
			return stopwatch.elapsed();
		}
	}

	private static boolean supervised() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.anyMatch((name) -> name.equals("pod-lifecycle-supervisor") || name.equals("pod-lifecycle-watchdog"));
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
