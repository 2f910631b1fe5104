package io.podlifecycle.boot.shutdown;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.boot.OnClose;
import io.podlifecycle.boot.TerminationMessageFormat;
import io.podlifecycle.boot.startup.MissingDependencies;
import io.podlifecycle.journal.Journal;
import io.podlifecycle.journal.JournalKeeper;
import io.podlifecycle.journal.JournalSettings;
import io.podlifecycle.journal.ScratchDirectories;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.GraceBudget;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.LifecycleState;
import io.podlifecycle.shutdown.Participants;
import io.podlifecycle.shutdown.PropagationDelay;
import io.podlifecycle.shutdown.PropagationDelay.Mode;
import io.podlifecycle.shutdown.RaisedSignals;
import io.podlifecycle.shutdown.RefuseReadiness;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.shutdown.SupervisedApplication.Policy;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Errors that are thrown to each component of ours between SIGTERM and the end of the
 * JVM, by what it calls: the log, the application context, its bean factory, the wall
 * clock, a file. The signal is forwarded, and what follows is done, in each state.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SupervisionFaultTests {

	private static final Duration LONG = Duration.ofHours(1);

	private static final Map<LifecycleState, List<Class<?>>> CALLED = Map.of(LifecycleState.WAITING,
			List.of(ShutdownReporter.class, TerminationMessage.class), LifecycleState.REFRESHING,
			List.of(ApplicationSupervision.class, CancelledStartReporter.class, ShutdownReporter.class,
					TerminationMessage.class),
			LifecycleState.STARTING,
			List.of(DrainedEventPublisher.class, HangingBeans.class, IrrevocableReadiness.class, Journal.class,
					LoggingShutdownListener.class, OnClose.class, PhaseTimeouts.class, ShutdownReporter.class,
					TerminationMessage.class),
			LifecycleState.READY,
			List.of(DrainedEventPublisher.class, HangingBeans.class, IrrevocableReadiness.class, Journal.class,
					LoggingShutdownListener.class, OnClose.class, PhaseTimeouts.class, ShutdownReporter.class,
					TerminationMessage.class));

	private final LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final RaisedSignals signals = new RaisedSignals();

	private final List<String> events = new CopyOnWriteArrayList<>();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	private volatile @Nullable Fault fault;

	private final GenericApplicationContext context = new FaultyContext();

	@BeforeEach
	void letTheLogFail() {
		this.logs.addTurboFilter(new FaultyLog());
	}

	@AfterEach
	void cleanUp() {
		this.fault = null;
		this.logs.resetTurboFilterList();
		ApplicationSupervision.failed(this.context);
	}

	static Stream<Arguments> faults() {
		List<Supplier<Error>> errors = List.of(StackOverflowError::new, () -> new NoClassDefFoundError("absent"));
		return CALLED.entrySet()
			.stream()
			.flatMap((entry) -> entry.getValue()
				.stream()
				.flatMap((type) -> errors.stream().map((error) -> Arguments.of(entry.getKey(), type, error.get()))));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void theSignalIsForwardedAndWhatFollowsIsDone(LifecycleState state, Class<?> type, Error error) throws IOException {
		Fault injected = new Fault(type, error);
		ApplicationSupervision.install(this.context, settings(type), this.signals.supervisor());
		SupervisedApplication application = ApplicationSupervision.of(this.context).application();
		ShutdownReporter reporter = this.context.getBeanFactory().getBean(ShutdownReporter.class);
		addBeans(application, reporter);
		switch (state) {
			case WAITING -> terminate(injected);
			case REFRESHING -> cancelRefresh(injected);
			default -> {
				this.context.refresh();
				if (state == LifecycleState.READY) {
					AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
				}
				terminate(injected);
				exitAsBootDoes(reporter);
				assertThat(this.events).containsExactly("closed", "destroyed");
			}
		}
		if (state == LifecycleState.WAITING || state == LifecycleState.REFRESHING) {
			exitAsBootDoes(reporter);
		}
		assertThat(injected.thrown).isTrue();
		assertThat(application.trigger()).contains(Trigger.SIGTERM);
		assertThat(application.lifecycle().state())
			.isEqualTo((state == LifecycleState.WAITING) ? LifecycleState.CLOSING : LifecycleState.TERMINATED);
	}

	private void terminate(Fault injected) {
		this.fault = injected;
		assertThat(this.signals.terminate()).isEqualTo(143);
	}

	/** Its hook closes what was not closed, and then calls all handlers in a row. */
	private void exitAsBootDoes(ShutdownReporter reporter) {
		this.context.close();
		assertThatCode(reporter::terminated).doesNotThrowAnyException();
	}

	private void cancelRefresh(Fault injected) {
		this.context.registerBean("first", DisposableBean.class, () -> {
			terminate(injected);
			return () -> this.events.add("destroyed");
		});
		this.context.registerBean("second", Object.class, () -> this.events.add("created"));
		Throwable failure = catchThrowable(this.context::refresh);
		assertThat(failure).isNotNull();
		assertThat(new CancelledStartReporter(this.context).reportException(failure)).isTrue();
		assertThat(this.events).contains("destroyed").doesNotContain("created");
	}

	private SupervisionSettings settings(Class<?> type) throws IOException {
		Path message = (type == TerminationMessage.class) ? faultyPath()
				: Files.createFile(this.directory.resolve("termination-log"));
		return new SupervisionSettings(new Policy(true, false, true, true), true, LONG, message,
				TerminationMessageFormat.TEXT);
	}

	private Path faultyPath() {
		return (Path) Proxy.newProxyInstance(Path.class.getClassLoader(), new Class<?>[] { Path.class },
				(proxy, method, arguments) -> {
					strike();
					return null;
				});
	}

	private void addBeans(SupervisedApplication application, ShutdownReporter reporter) {
		JournalKeeper.start(this.context,
				new JournalSettings(this.directory.resolve("journal"), new ScratchDirectories(List.of(), 0), 1),
				this::now, application.lifecycle());
		this.context.addApplicationListener(new OnClose(this.context, this::strike));
		this.context.addApplicationListener(new OnClose(this.context, () -> this.events.add("closed")));
		this.context.registerBean(MissingDependencies.class, () -> () -> {
			strike();
			return List.of();
		});
		this.context.registerBean("readiness", IrrevocableReadiness.class, () -> new IrrevocableReadiness(this.context,
				application.lifecycle(), this.context.getBeanProvider(MissingDependencies.class)));
		this.context.registerBean("settings", ShutdownSettings.class, SupervisionFaultTests::shutdownSettings);
		this.context.registerBean("podLifecycleGracefulShutdown", GracefulShutdown.class,
				() -> new GracefulShutdown(shutdownSettings(), application.lifecycle(),
						this.context.getBean(IrrevocableReadiness.class),
						new ObservedWork(new InFlight(Ticker.system()), new Traffic(Ticker.system())),
						new Participants(List.of(), Map.of(), List.of(() -> 0), Participants.threadPerTask(null)),
						List.of(new LoggingShutdownListener(), this.context.getBean(JournalKeeper.class), reporter,
								new OverdueReport(this.context, reporter, phases(reporter)),
								new DrainedEventPublisher(this.context)),
						Ticker.system(), Sleeper.system(), () -> false));
		this.context.registerBean("destroyed", DisposableBean.class, () -> () -> this.events.add("destroyed"));
	}

	private PhaseTimeouts phases(ShutdownReporter reporter) {
		return new PhaseTimeouts(this.context, reporter::serverStops);
	}

	private static ShutdownSettings shutdownSettings() {
		return new ShutdownSettings(
				new GraceBudget(LONG, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1), LONG, false),
				new PropagationDelay(Mode.FIXED, Duration.ZERO, Duration.ZERO, Duration.ZERO), Propagation.PENDING,
				RefuseReadiness.IMMEDIATELY, LONG, LONG);
	}

	static Stream<Arguments> explanations() {
		return Stream.of(Arguments.of(TerminationMessage.class, List.of("logged", "halting 70")),
				Arguments.of(OverdueReport.class, List.of("halting 70")));
	}

	@ParameterizedTest
	@MethodSource("explanations")
	void whatFailsToExplainTheEndKeepsNobodyFromHearingOfIt(Class<?> type, List<String> heard) throws IOException {
		Fault injected = new Fault(type, new StackOverflowError());
		SupervisedApplication application = SupervisedApplication.create(Policy.ofContextOnly(), LONG, () -> {
		});
		ShutdownReporter reporter = new ShutdownReporter(
				new TerminationMessage(settings(type).terminationMessage(), TerminationMessageFormat.TEXT),
				application);
		application.closing();
		OverdueReport report = new OverdueReport(this.context, reporter, phases(reporter));
		HaltListener failing = (exitCode) -> {
			throw new StackOverflowError();
		};
		report.started(List.of(failing, (exitCode) -> this.events.add("halting " + exitCode)));
		this.context.refresh();
		this.fault = injected;
		report.report();
		assertThat(injected.thrown).isTrue();
		await().untilAsserted(() -> assertThat(this.events).containsExactlyInAnyOrderElementsOf(heard));
	}

	private Instant now() {
		strike();
		return Instant.EPOCH;
	}

	private void strike() {
		Fault injected = this.fault;
		if (injected != null) {
			injected.strike();
		}
	}

	/** Thrown if what calls is of one class. */
	private static final class Fault {

		private static final Set<String> OTHERS = Set.of(SupervisionFaultTests.class.getName(),
				Attempt.class.getName());

		private final String type;

		private final Error error;

		private volatile boolean thrown;

		Fault(Class<?> type, Error error) {
			this.type = type.getName();
			this.error = error;
		}

		void strike() {
			if (caller().equals(this.type)) {
				this.thrown = true;
				throw this.error;
			}
		}

		private static String caller() {
			return StackWalker.getInstance()
				.walk((frames) -> frames.map((frame) -> frame.getClassName().replaceFirst("\\$.*", ""))
					.filter((name) -> name.startsWith("io.podlifecycle.") && !OTHERS.contains(name))
					.findFirst()
					.orElse(""));
		}

	}

	private final class FaultyLog extends TurboFilter {

		@Override
		public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
				Object @Nullable [] params, @Nullable Throwable throwable) {
			strike();
			if (format != null && format.startsWith("The grace period leaves no more time")) {
				SupervisionFaultTests.this.events.add("logged");
			}
			return FilterReply.NEUTRAL;
		}

	}

	private final class FaultyContext extends GenericApplicationContext {

		FaultyContext() {
			super(new FaultyBeanFactory());
		}

		@Override
		public void publishEvent(ApplicationEvent event) {
			strike();
			super.publishEvent(event);
		}

		@Override
		public ConfigurableEnvironment getEnvironment() {
			strike();
			return super.getEnvironment();
		}

	}

	private final class FaultyBeanFactory extends DefaultListableBeanFactory {

		@Override
		public String[] getSingletonNames() {
			strike();
			return super.getSingletonNames();
		}

		@Override
		public @Nullable Object getSingleton(String beanName) {
			strike();
			return super.getSingleton(beanName);
		}

	}

}
