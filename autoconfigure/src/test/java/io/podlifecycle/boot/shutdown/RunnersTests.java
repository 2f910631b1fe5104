package io.podlifecycle.boot.shutdown;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RunnersTests {

	private final InFlight inFlight = new InFlight(Ticker.system());

	private final Runners runners = new Runners();

	@Test
	void aRunnerIsNamedAsBootCallsIt() {
		this.runners.begin(this.inFlight);
		assertThat(this.inFlight.oldest(1)).singleElement()
			.satisfies((work) -> assertThat(work.description()).isEqualTo("runners"));
		SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("pod-lifecycle.enabled=false")
			.initializers((context) -> context.getBeanFactory().registerSingleton("inFlight", this.inFlight))
			.build();
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.getBean(Application.class).description)
				.startsWith("runner " + Application.class.getName() + ".lambda$describe$");
		}
		this.runners.end();
		assertThat(this.inFlight.count()).isZero();
	}

	@Test
	void aRunnerIsInterruptedWhenTheDrainIsOver() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		Thread main = new Thread(() -> {
			this.runners.begin(this.inFlight);
			begun.countDown();
			assertThatExceptionOfType(InterruptedException.class).isThrownBy(new CountDownLatch(1)::await);
			this.runners.end();
			interrupted.countDown();
		});
		main.start();
		begun.await();
		this.runners.closing(true);
		assertThat(this.inFlight.count()).isEqualTo(1);
		this.runners.drained(ShutdownReport.ofStart(Trigger.SIGTERM, Duration.ZERO));
		interrupted.await();
		main.join();
		assertThat(this.inFlight.oldest(1)).as("cut off, though it is over")
			.singleElement()
			.satisfies((work) -> assertThat(work.description()).isEqualTo("runners"))
			.satisfies((work) -> assertThat(work.stack()).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRunnerThatClosesTheContextIsNotWaitedFor(boolean stopped) {
		this.runners.begin(this.inFlight);
		this.runners.closing(stopped);
		assertThat(this.inFlight.count()).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		private String description = "";

		@Bean
		CommandLineRunner describe(InFlight inFlight) {
			return (arguments) -> this.description = CompletableFuture
				.supplyAsync(() -> inFlight.oldest(1).get(0).description())
				.get();
		}

	}

}
