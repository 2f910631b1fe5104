package io.podlifecycle.metrics;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlifecycle.boot.OnTimeout;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.boot.startup.HealthReadinessGate;
import io.podlifecycle.boot.startup.MissingDependencies;
import io.podlifecycle.boot.startup.StartupSettings;
import io.podlifecycle.boot.startup.StartupWait;
import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyMonitor;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.DependencyWait;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.dependency.WaitListener;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PodLifecycleMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withBean(SimpleMeterRegistry.class)
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				PodLifecycleMetricsAutoConfiguration.class, PodLifecycleAutoConfiguration.class));

	@Test
	void aWaitThatWasOverBeforeThereWasARegistryIsTimed() {
		this.contextRunner.withInitializer(this::startUp).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			FunctionTimer timer = registry.get("pod.lifecycle.dependency.wait")
				.tags("dependency", "fortune", "outcome", "answered")
				.functionTimer();
			assertThat(timer.count()).isOne();
			assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
			assertThat(registry.get("pod.lifecycle.dependency.wait")
				.tags("dependency", "cache", "outcome", "missing")
				.functionTimer()
				.count()).isOne();
			assertThat(registry.find("pod.lifecycle.dependency.up").tag("dependency", "fortune").gauge())
				.as("nobody looks any more")
				.isNull();
			assertThat(registry.get("pod.lifecycle.dependency.up").tag("dependency", "cache").gauge().value()).isZero();
		});
	}

	@Test
	void whatIsTriedWhileTheApplicationRunsHasAGauge() {
		AtomicBoolean answers = new AtomicBoolean();
		this.contextRunner.withBean("watch", DependencyMonitor.class, () -> tries(answers))
			.withBean("wait", DependencyMonitor.class, () -> tries(new AtomicBoolean(true)))
			.run((context) -> {
				MeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
				assertThat(registry.get("pod.lifecycle.dependency.up").gauge().value()).isZero();
				answers.set(true);
				assertThat(registry.get("pod.lifecycle.dependency.up").gauge().value()).isOne();
			});
	}

	@Test
	void aWaitThatGoesOnWhileTheApplicationRunsIsTimedOnceItIsOver() {
		AtomicBoolean up = new AtomicBoolean();
		Probe probe = (timeLimit) -> up.get() ? ProbeResult.answered() : ProbeResult.notYet("starting");
		ConfigurableApplicationContext owner = new GenericApplicationContext();
		HealthReadinessGate gate = new HealthReadinessGate(List.of(dependency("db", probe)), Duration.ofSeconds(5),
				owner);
		this.contextRunner.withBean(HealthReadinessGate.class, () -> gate).run((context) -> {
			FunctionTimer timer = context.getBean(SimpleMeterRegistry.class)
				.get("pod.lifecycle.dependency.wait")
				.tags("dependency", "db", "outcome", "answered")
				.functionTimer();
			gate.onApplicationEvent(new ContextRefreshedEvent(owner));
			assertThat(timer.count()).isZero();
			up.set(true);
			await().until(() -> timer.count() == 1);
			assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
		});
	}

	@Test
	void aDependencyAndAHealthContributorMayShareAName() {
		ConfigurableApplicationContext owner = new GenericApplicationContext();
		HealthReadinessGate gate = new HealthReadinessGate(List.of(dependency("db", ProbeResult.answered())),
				Duration.ofSeconds(5), owner);
		this.contextRunner.withInitializer((context) -> startUp(context, dependency("db", ProbeResult.answered())))
			.withBean(HealthReadinessGate.class, () -> gate)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				FunctionTimer timer = context.getBean(MeterRegistry.class)
					.get("pod.lifecycle.dependency.wait")
					.tags("dependency", "db", "outcome", "answered")
					.functionTimer();
				assertThat(timer.count()).isOne();
				gate.onApplicationEvent(new ContextRefreshedEvent(owner));
				await().until(() -> timer.count() == 2);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pod.lifecycle.dependency.wait", "pod.lifecycle.dependency.up", "pod.lifecycle.ready.time",
			"pod.lifecycle.in.flight", "pod.lifecycle.connections", "pod.lifecycle.requests" })
	void aMeterThatARegistryRefusesIsMissingAndNothingElse(String refused) {
		Set<String> names = Set.of("pod.lifecycle.dependency.wait", "pod.lifecycle.dependency.up",
				"pod.lifecycle.ready.time", "pod.lifecycle.in.flight", "pod.lifecycle.connections",
				"pod.lifecycle.requests");
		this.contextRunner.withInitializer(this::startUp)
			.withBean("refusal", MeterFilter.class, () -> refusing(refused))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Set<String> registered = context.getBean(MeterRegistry.class)
					.getMeters()
					.stream()
					.map((meter) -> meter.getId().getName())
					.collect(Collectors.toSet());
				assertThat(names).filteredOn((name) -> !registered.contains(name)).containsExactly(refused);
			});
	}

	private static MeterFilter refusing(String name) {
		return new MeterFilter() {

			@Override
			public Meter.Id map(Meter.Id id) {
				if (id.getName().equals(name)) {
					throw new IllegalStateException("refused");
				}
				return id;
			}

		};
	}

	@Test
	void theTimeToReadyIsThatOfTheFirstTime() {
		this.contextRunner.run((context) -> {
			TimeGauge gauge = readyTime(context);
			assertThat(gauge.value(TimeUnit.MILLISECONDS)).isNaN();
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			double time = gauge.value(TimeUnit.MILLISECONDS);
			assertThat(time).isPositive()
				.isLessThanOrEqualTo((double) ManagementFactory.getRuntimeMXBean().getUptime());
			AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(gauge.value(TimeUnit.MILLISECONDS)).isEqualTo(time);
		});
	}

	@Test
	void theTimeToReadyIncludesADependencyThatHoldsItUp() {
		List<DependencyOutcome> missing = new CopyOnWriteArrayList<>(missingDatabase());
		this.contextRunner.withBean(MissingDependencies.class, () -> () -> missing).run((context) -> {
			TimeGauge gauge = readyTime(context);
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(gauge.value(TimeUnit.MILLISECONDS)).isNaN();
			double before = ManagementFactory.getRuntimeMXBean().getUptime();
			missing.clear();
			// Both are rounded to whole milliseconds.
			await().until(() -> gauge.value(TimeUnit.MILLISECONDS) >= before - 1);
		});
	}

	@Test
	void nobodyLooksForTheTimeToReadyOnceTheContextIsClosed() {
		List<DependencyOutcome> missing = missingDatabase();
		AtomicBoolean looked = new AtomicBoolean();
		this.contextRunner.withBean(MissingDependencies.class, () -> () -> {
			looked.set(true);
			return missing;
		}).run((context) -> AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC));
		assertThat(looked).isTrue();
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().equals("pod-lifecycle-first-readiness")));
	}

	private static TimeGauge readyTime(ApplicationContext context) {
		return context.getBean(MeterRegistry.class).get("pod.lifecycle.ready.time").timeGauge();
	}

	private static List<DependencyOutcome> missingDatabase() {
		return new DependencyWait(List.of(dependency("db", ProbeResult.absent("nothing"))), Ticker.system(),
				Sleeper.system(), () -> 0, new WaitListener() {
				})
			.missing();
	}

	@Test
	void theWayOutIsRecordedBeforeTheRegistriesAreClosed() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		new ApplicationContextRunner().withBean("registry", MeterRegistry.class, () -> registry)
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					PodLifecycleAutoConfiguration.class, PodLifecycleMetricsAutoConfiguration.class))
			.run((context) -> {
				InFlight inFlight = context.getBean(InFlight.class);
				Work work = inFlight.begin("import");
				assertThat(registry.get("pod.lifecycle.in.flight").gauge().value()).isOne();
				work.close();
				assertThat(registry.get("pod.lifecycle.in.flight").gauge().value()).isZero();
				assertThat(registry.find("pod.lifecycle.shutdown.phase").timer()).isNull();
			});
		assertThat(registry.isClosed()).isTrue();
		assertThat(registry.get("pod.lifecycle.shutdown.phase").tag("phase", "drain").timer().count()).isOne();
		assertThat(registry.get("pod.lifecycle.shutdown.peers").tag("outcome", "sending").counter().count()).isZero();
		assertThat(registry.get("pod.lifecycle.shutdown.peers").tag("outcome", "silent").counter().count()).isZero();
		assertThat(registry.get("pod.lifecycle.shutdown.requests").tag("outcome", "cut_off").counter().count())
			.isZero();
	}

	@Test
	void isNotThereWithoutMicrometerOrARegistry() {
		new ApplicationContextRunner().withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.withConfiguration(AutoConfigurations.of(PodLifecycleMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("podLifecycleDependencyMetrics"));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PodLifecycleMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(DependencyMetrics.class));
	}

	private void startUp(ConfigurableApplicationContext context) {
		startUp(context, dependency("fortune", ProbeResult.answered()),
				dependency("cache", ProbeResult.absent("nothing")).withTimeout(Duration.ofMillis(1)));
	}

	private static void startUp(ConfigurableApplicationContext context, Dependency... dependencies) {
		StartupWait wait = new StartupWait(new StartupSettings(List.of(dependencies), List.of(), Duration.ofSeconds(30),
				OnTimeout.START_UNREADY, Duration.ofSeconds(5), false));
		context.getBeanFactory().registerSingleton("wait", wait);
		wait.await(context);
	}

	private static Dependency dependency(String name, ProbeResult result) {
		return dependency(name, (timeLimit) -> result);
	}

	private static Dependency dependency(String name, Probe probe) {
		return new Dependency(name, Target.of("tcp://" + name + ":80"), probe, true, Duration.ofMinutes(10),
				Duration.ofSeconds(1), new Backoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));
	}

	private static DependencyMonitor tries(AtomicBoolean answers) {
		return new DependencyMonitor() {

			@Override
			public List<DependencyOutcome> missing() {
				return List.of();
			}

			@Override
			public Map<String, Boolean> answers() {
				return Map.of("pricing", answers.get());
			}

			@Override
			public void close() {
			}

		};
	}

}
