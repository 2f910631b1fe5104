package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.PropagationDelay.Mode;
import io.podlifecycle.shutdown.SupervisedApplication.Policy;
import io.podlifecycle.time.FakeTime;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;
import io.podlifecycle.work.Work;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Takes seconds, since real threads have to end.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ShutdownSupervisorTests {

	private static final Duration LONG = Duration.ofHours(1);

	private final FakeTime time = new FakeTime();

	private final RecordingSignalTable table = new RecordingSignalTable();

	private final ShutdownSupervisor supervisor = new ShutdownSupervisor(this.table, this.time);

	private final InFlight inFlight = new InFlight(this.time);

	/** A thread takes a moment to end. */
	@BeforeEach
	void awaitTheEndOfOthers() {
		await().until(() -> supervisingThreads() == 0);
	}

	@Test
	void aHandlerAndAThreadAreInPlaceWhileThereIsAnApplication() {
		SupervisedApplication first = application(true);
		SupervisedApplication second = application(true);
		first.install(this.supervisor);
		second.install(this.supervisor);
		assertThat(supervisingThreads()).isEqualTo(1);
		first.uninstall();
		assertThat(this.table.handler).isNotNull();
		second.uninstall();
		assertThat(this.table.handler).isNull();
		second.uninstall();
		assertThat(this.table.installed).hasValue(1);
		await().untilAsserted(() -> assertThat(supervisingThreads()).isZero());
		first.install(this.supervisor);
		assertThat(this.table.installed).hasValue(2);
		first.uninstall();
	}

	@Test
	void theThreadThatActsExistsBeforeTheSignalAndIsADaemon() throws InterruptedException {
		SupervisedApplication application = application(true);
		application.install(this.supervisor);
		Thread acting = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("pod-lifecycle-supervisor"))
			.findFirst()
			.orElseThrow();
		assertThat(acting.isDaemon()).isTrue();
		assertThat(acting.getContextClassLoader()).isNull();
		this.table.raise(Trigger.SIGTERM);
		this.table.forwarded.await();
		assertThat(this.table.forwarder).isSameAs(acting);
		assertThat(this.table.signal).isEqualTo(Trigger.SIGTERM);
	}

	@Test
	void aSignalThatWasOnItsWayWhenTheLastApplicationWentIsForwarded() {
		SupervisedApplication application = application(true);
		application.install(this.supervisor);
		Consumer<Trigger> handler = Objects.requireNonNull(this.table.handler);
		application.uninstall();
		handler.accept(Trigger.SIGTERM);
		assertThat(this.table.signal).isEqualTo(Trigger.SIGTERM);
	}

	@Test
	void whereTheJvmKeepsTheSignalTheHandlerIsMissing() {
		this.table.refuses = true;
		SupervisedApplication application = application(true);
		application.install(this.supervisor);
		assertThat(application.isSignalHandlerMissing()).isTrue();
		application.uninstall();
	}

	@Test
	void aHandlerThatWasInstalledLaterIsNoticed() {
		SupervisedApplication application = application(true);
		application.install(this.supervisor);
		assertThat(application.isSignalHandlerMissing()).isFalse();
		this.table.replaced = true;
		assertThat(application.isSignalHandlerMissing()).isTrue();
		application.uninstall();
	}

	@Test
	void anApplicationThatHasNotStartedIsNotWaitedFor() throws InterruptedException {
		SupervisedApplication application = application(true);
		application.attach(shutdown(application), LONG);
		application.install(this.supervisor);
		application.lifecycle().advanceTo(LifecycleState.REFRESHING);
		Work work = this.inFlight.begin("work");
		this.table.raise(Trigger.SIGTERM);
		this.table.forwarded.await();
		assertThat(application.lifecycle().state()).isEqualTo(LifecycleState.CLOSING);
		assertThat(application.trigger()).contains(Trigger.SIGTERM);
		assertThat(application.isStartCancelled()).isTrue();
		work.close();
	}

	@Test
	void theRunnersOfAnApplicationAreWaitedForAndTheJvmLivesUntilThen() throws InterruptedException {
		SupervisedApplication application = application(true);
		application.attach(shutdown(application), LONG);
		application.install(this.supervisor);
		application.lifecycle().advanceTo(LifecycleState.STARTING);
		Work work = this.inFlight.begin("runner");
		this.table.raise(Trigger.SIGTERM);
		await().until(() -> application.lifecycle().state() == LifecycleState.DRAINING && isTheJvmKeptAlive());
		assertThat(this.table.forwarded.getCount()).isEqualTo(1);
		work.close();
		this.table.forwarded.await();
	}

	@Test
	void theJvmLivesOnEvenIfTheSignalHasNotChangedTheStateOfTheApplicationYet() throws InterruptedException {
		CountDownLatch changed = new CountDownLatch(1);
		SupervisedApplication application = new SupervisedApplication(new Policy(true, false, true, true), LONG, () -> {
			assertThatNoException().isThrownBy(changed::await);
			return 0;
		}, null);
		application.install(this.supervisor);
		application.lifecycle().advanceTo(LifecycleState.STARTING);
		Thread signal = new Thread(() -> this.table.raise(Trigger.SIGTERM), "signal");
		signal.start();
		await().until(ShutdownSupervisorTests::isTheJvmKeptAlive);
		assertThat(application.trigger()).isEmpty();
		changed.countDown();
		this.table.forwarded.await();
		signal.join();
	}

	@Test
	void allApplicationsShutDownBeforeTheSignalIsForwarded() throws InterruptedException {
		SupervisedApplication first = ready();
		SupervisedApplication second = ready();
		Work work = this.inFlight.begin("work");
		this.table.raise(Trigger.SIGTERM);
		await().until(() -> first.lifecycle().state() == LifecycleState.DRAINING
				&& second.lifecycle().state() == LifecycleState.DRAINING);
		assertThat(this.table.forwarded.getCount()).isEqualTo(1);
		work.close();
		this.table.forwarded.await();
	}

	@Test
	void theJvmLivesUntilTheSignalIsForwardedAlthoughTheThreadThatActsIsADaemon() throws InterruptedException {
		ready();
		Work work = this.inFlight.begin("work");
		this.table.raise(Trigger.SIGTERM);
		await().until(ShutdownSupervisorTests::isTheJvmKeptAlive);
		work.close();
		this.table.forwarded.await();
	}

	@Test
	void aDuplicateIsIgnoredAndALaterSignalAborts() throws InterruptedException {
		SupervisedApplication application = ready();
		this.inFlight.begin("work that never ends");
		this.table.raise(Trigger.SIGTERM);
		await().until(() -> application.lifecycle().state() == LifecycleState.DRAINING);
		this.time.pass(Duration.ofMillis(1999));
		this.table.raise(Trigger.SIGINT);
		assertThat(this.table.forwarded.await(200, TimeUnit.MILLISECONDS)).isFalse();
		this.time.pass(Duration.ofMillis(1));
		this.table.raise(Trigger.SIGTERM);
		this.table.forwarded.await();
		assertThat(this.table.signal).isEqualTo(Trigger.SIGTERM);
		assertThat(application.trigger()).contains(Trigger.SIGTERM);
	}

	@Test
	void sigintIsForwardedAtOnceUnlessItIsAStopSignal() throws InterruptedException {
		SupervisedApplication application = ready(new Policy(true, false, true, false));
		this.inFlight.begin("work that never ends");
		this.table.raise(Trigger.SIGINT);
		this.table.forwarded.await();
		assertThat(this.table.signal).isEqualTo(Trigger.SIGINT);
		assertThat(application.trigger()).isEmpty();
	}

	@Test
	void onKubernetesSigintIsAStopSignal() throws InterruptedException {
		SupervisedApplication application = ready();
		this.table.raise(Trigger.SIGINT);
		this.table.forwarded.await();
		assertThat(application.trigger()).contains(Trigger.SIGINT);
		assertThat(this.table.signal).isEqualTo(Trigger.SIGINT);
	}

	@ParameterizedTest
	@EnumSource
	void whateverFailsTheSignalIsForwarded(Failure failure) throws InterruptedException {
		SupervisedApplication application = application(true);
		application.install(this.supervisor);
		application.attach(failingShutdown(application, failure), LONG);
		application.lifecycle().advanceTo(LifecycleState.READY);
		this.table.raise(Trigger.SIGTERM);
		this.table.forwarded.await();
		assertThat(this.table.signal).isEqualTo(Trigger.SIGTERM);
	}

	@Test
	void afterAPreStopHookTheProcessExitsAsAfterSigterm() throws InterruptedException {
		SupervisedApplication application = ready();
		application.preStop();
		assertThat(application.trigger()).contains(Trigger.PRE_STOP);
		this.table.raise(Trigger.SIGTERM);
		this.table.forwarded.await();
		assertThat(this.table.signal).isEqualTo(Trigger.SIGTERM);
	}

	@Test
	void theHandlerStaysWhenAnApplicationIsClosedByTheSignal() throws InterruptedException {
		SupervisedApplication application = ready();
		this.table.raise(Trigger.SIGTERM);
		application.uninstall();
		assertThat(this.table.isInPlace()).isTrue();
		this.table.forwarded.await();
	}

	@Test
	void whicheverSignalFollowsAPreStopHookTheExitCodeIsThatOfTheReport() throws InterruptedException {
		SupervisedApplication application = ready();
		application.preStop();
		this.table.raise(Trigger.SIGINT);
		this.table.forwarded.await();
		assertThat(application.trigger()).contains(Trigger.PRE_STOP).map(Trigger::exitCode).contains(143);
		assertThat(this.table.signal).isEqualTo(Trigger.SIGTERM);
	}

	@Test
	void theCloseOfTheContextTriggersTheShutdown() {
		SupervisedApplication application = ready();
		application.closing();
		assertThat(application.trigger()).contains(Trigger.CONTEXT_CLOSED);
		assertThat(application.lifecycle().state()).isEqualTo(LifecycleState.CLOSING);
		application.uninstall();
		assertThat(application.lifecycle().state()).isEqualTo(LifecycleState.TERMINATED);
	}

	private static long supervisingThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("pod-lifecycle-supervisor"))
			.count();
	}

	private static boolean isTheJvmKeptAlive() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals("pod-lifecycle-keep-alive") && !thread.isDaemon());
	}

	private static SupervisedApplication application(boolean signals) {
		return SupervisedApplication.create(new Policy(true, false, signals, true), LONG, () -> {
		});
	}

	private SupervisedApplication ready() {
		return ready(new Policy(true, false, true, true));
	}

	private SupervisedApplication ready(Policy policy) {
		SupervisedApplication application = SupervisedApplication.create(policy, LONG, () -> {
		});
		application.install(this.supervisor);
		application.attach(shutdown(application), LONG);
		application.lifecycle().advanceTo(LifecycleState.READY);
		return application;
	}

	private GracefulShutdown shutdown(SupervisedApplication application) {
		return new GracefulShutdown(settings(), application.lifecycle(), new Ready(),
				new ObservedWork(this.inFlight, new Traffic(Ticker.system())),
				new Participants(List.of(), Map.of(), List.of(), Runnable::run), List.of(), Ticker.system(),
				Sleeper.system(), () -> false);
	}

	private GracefulShutdown failingShutdown(SupervisedApplication application, Failure failure) {
		return new GracefulShutdown(settings(), application.lifecycle(), new Ready() {

			@Override
			public boolean hasBeenReady() {
				return failure.strike("ready");
			}

			@Override
			public void refuse() {
				failure.strike("refuse");
			}

		}, new ObservedWork(this.inFlight, new Traffic(Ticker.system())),
				new Participants(List.of(), Map.of(), List.of(() -> failure.strike("connections") ? 1 : 0), (task) -> {
					failure.strike("thread");
					task.run();
				}), List.of(), Ticker.system(), Sleeper.system(), () -> failure.strike("exit"));
	}

	private static ShutdownSettings settings() {
		return new ShutdownSettings(
				new GraceBudget(LONG, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, LONG, false),
				new PropagationDelay(Mode.FIXED, Duration.ZERO, Duration.ZERO, Duration.ZERO), Propagation.DISABLED,
				RefuseReadiness.IMMEDIATELY, LONG, LONG);
	}

	enum Failure {

		READY, REFUSE, CONNECTIONS, THREAD, EXIT;

		/** None of them is an exception. */
		boolean strike(String where) {
			if (where.equalsIgnoreCase(name())) {
				throw switch (this) {
					case READY, EXIT -> new StackOverflowError();
					case REFUSE -> new NoClassDefFoundError(where);
					case CONNECTIONS, THREAD -> new OutOfMemoryError(where);
				};
			}
			return false;
		}

	}

	private static class Ready implements Readiness {

		@Override
		public boolean hasBeenReady() {
			return true;
		}

		@Override
		public void refuse() {
			// Nobody asks.
		}

		@Override
		public void announce() {
			// Nobody listens.
		}

	}

}
