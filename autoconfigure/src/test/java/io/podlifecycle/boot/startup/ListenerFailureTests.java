package io.podlifecycle.boot.startup;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.boot.OnTimeout;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.earlyprobe.EarlyProbeServerSettings;
import io.podlifecycle.earlyprobe.EarlyProbeServers;
import io.podlifecycle.journal.JournalKeeper;
import io.podlifecycle.journal.JournalSettings;
import io.podlifecycle.journal.PreviousRunEvent;
import io.podlifecycle.journal.ScratchDirectories;
import io.podlifecycle.shutdown.Lifecycle;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.warmup.WarmUp;
import io.podlifecycle.warmup.WarmUpRunner;
import io.podlifecycle.warmup.WarmUpSettings;
import io.podlifecycle.warmup.WarmUpSettingsMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.metrics.ApplicationStartup;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * What only reports fails, and the application starts all the same.
 */
class ListenerFailureTests {

	private final GenericApplicationContext context = new GenericApplicationContext();

	@Test
	void theFirstReadinessIsNotNotedWhereDependenciesCannotBeAsked() {
		TimeToReady readiness = new TimeToReady(() -> {
			throw new IllegalStateException("broken");
		}, Stopwatch.start(Ticker.system()), Sleeper.system());
		readiness.onApplicationEvent(new AvailabilityChangeEvent<>(this, ReadinessState.ACCEPTING_TRAFFIC));
		assertThat(readiness.time()).isEmpty();
	}

	@Test
	void aListenerOfThePreviousRunMayFail(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("journal");
		JournalSettings settings = new JournalSettings(file, new ScratchDirectories(List.of(), 1), 3);
		InstantSource clock = InstantSource.fixed(Instant.EPOCH);
		try (GenericApplicationContext previous = new GenericApplicationContext()) {
			JournalKeeper.start(previous, settings, clock, new Lifecycle());
			previous.refresh();
		}
		assertThat(Files.size(file)).isPositive();
		AtomicInteger told = new AtomicInteger();
		this.context.addApplicationListener((PreviousRunEvent event) -> {
			told.incrementAndGet();
			throw new IllegalStateException("broken");
		});
		JournalKeeper.start(this.context, settings, clock, new Lifecycle());
		assertThatNoException().isThrownBy(this.context::refresh);
		assertThat(told).hasValue(1);
		this.context.close();
	}

	@Test
	void aWarmUpThatCannotBeginIsNone() {
		MockEnvironment environment = new MockEnvironment().withProperty("local.server.port", "8080")
			.withProperty("server.address", "no host");
		assertThatNoException().isThrownBy(() -> warmUp(false, environment).run(new DefaultApplicationArguments()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> warmUp(true, environment).run(new DefaultApplicationArguments()));
	}

	private static WarmUpRunner warmUp(boolean required, MockEnvironment environment) {
		StartupProperties.WarmUp properties = new StartupProperties.WarmUp();
		properties.setPaths(List.of("/"));
		properties.setRequired(required);
		WarmUpSettings settings = WarmUpSettingsMapper.settings(properties);
		return new WarmUpRunner(settings, new WarmUp(settings, Ticker.system()), "http", environment);
	}

	@Test
	void aEarlyProbeServerThatCannotOpenIsNone() {
		EarlyProbeServerSettings settings = new EarlyProbeServerSettings(
				InetSocketAddress.createUnresolved("nowhere", 80), Set.of(), Set.of(), Duration.ofSeconds(1), false);
		EarlyProbeServers rooms = new EarlyProbeServers();
		assertThatNoException().isThrownBy(() -> rooms.open(settings, 0));
	}

	@Test
	void aStepOfTheStartMayFail() {
		ApplicationStartup startup = mock(ApplicationStartup.class);
		given(startup.start("pod-lifecycle.dependencies.await")).willThrow(new IllegalStateException("broken"));
		this.context.setApplicationStartup(startup);
		Dependency dependency = new Dependency("fortune", Target.of("tcp://fortune:80"),
				(timeLimit) -> ProbeResult.answered(), true, Duration.ofMinutes(10), Duration.ofSeconds(1),
				new Backoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));
		StartupWait wait = new StartupWait(new StartupSettings(List.of(dependency), List.of(), Duration.ofMinutes(1),
				OnTimeout.FAIL, Duration.ofSeconds(5), false));
		assertThat(wait.await(this.context)).isFalse();
		assertThat(wait.missing()).isEmpty();
	}

}
