package io.podlifecycle.boot.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.WorkTotals;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans that never stop, and what Spring's log says about how long it has waited for
 * them.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class PhaseTimeoutsTests {

	private static final int WEB = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;

	private static final int EXECUTORS = ExecutorConfigurationSupport.DEFAULT_PHASE;

	private final FakeTime time = new FakeTime();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();

	private final List<String> events = new ArrayList<>();

	private final PhaseTimeouts timeouts = new PhaseTimeouts(this.context, () -> this.events.add("server stops"));

	@Test
	void aTimeoutIsNotRaised(CapturedOutput output) {
		this.processor.setTimeoutPerShutdownPhase(50);
		this.processor.setTimeoutForShutdownPhase(2, 60);
		close(Duration.ofMinutes(2), neverStops(1), neverStops(2));
		assertThat(output).contains("phase 1 ends with 1 bean still running after timeout of 50ms",
				"phase 2 ends with 1 bean still running after timeout of 60ms");
	}

	@Test
	void withSpringAloneTheTimeoutsAddUp(CapturedOutput output) {
		this.processor.setTimeoutPerShutdownPhase(70);
		refresh(neverStops(1, Duration.ofMillis(25)), neverStops(2, Duration.ofMillis(50)));
		this.context.close();
		assertThat(output).contains("phase 2 ends with 1 bean still running after timeout of 70ms",
				"phase 1 ends with 1 bean still running after timeout of 70ms");
	}

	@Test
	void aPhaseGetsItsShareOfWhatIsLeftWhenItBegins(CapturedOutput output) {
		this.processor.setTimeoutPerShutdownPhase(70);
		this.processor.setTimeoutForShutdownPhase(1, 80);
		close(Duration.ofMillis(100), neverStops(1, Duration.ofMillis(25)), neverStops(2, Duration.ofMillis(50)));
		assertThat(output)
			.as("Spring has to read the timeout of a phase after it has asked the beans of that phase to stop,"
					+ " in the order of their registration")
			.contains("phase 2 ends with 1 bean still running after timeout of 40ms",
					"phase 1 ends with 1 bean still running after timeout of 20ms");
	}

	@Test
	void aPhaseWhoseWorkTheDrainHasGivenUpGetsNextToNothing(CapturedOutput output) {
		this.processor.setTimeoutPerShutdownPhase(50);
		this.context.getBeanFactory().registerSingleton("podLifecycleExecutorTasks", new Tasks(1));
		this.timeouts.lowerTo(Duration.ofMillis(10));
		close(Duration.ofMinutes(2), neverStops(0), neverStops(WEB), neverStops(EXECUTORS));
		assertThat(output).contains("phase 0 ends with 1 bean still running after timeout of 50ms",
				"phase " + WEB + " ends with 1 bean still running after timeout of 10ms",
				"phase " + EXECUTORS + " ends with 1 bean still running after timeout of 10ms");
	}

	@Test
	void executorsThatAreIdleAfterTheDrainKeepTheirTime(CapturedOutput output) {
		this.processor.setTimeoutPerShutdownPhase(50);
		this.context.getBeanFactory().registerSingleton("podLifecycleExecutorTasks", new Tasks(0));
		this.timeouts.lowerTo(Duration.ofMillis(10));
		close(Duration.ofMinutes(2), neverStops(EXECUTORS));
		assertThat(output).contains("phase " + EXECUTORS + " ends with 1 bean still running after timeout of 50ms");
	}

	@Test
	void theServerStopsAfterBootsGracefulPhase() {
		int server = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE;
		refresh(stops(WEB), stops(server));
		this.timeouts.quiescing(report());
		this.context.close();
		assertThat(this.events).containsExactly("stop of phase " + WEB, "server stops", "stop of phase " + server);
	}

	private SmartLifecycle stops(int phase) {
		return new Stopping(phase, () -> this.events.add("stop of phase " + phase));
	}

	/** As one that is created lazily, or where the bean factory was locked. */
	@Test
	void aPhaseThatAppearsLateIsLimited(CapturedOutput output) {
		refresh();
		this.timeouts.quiescing(report());
		this.context.getBeanFactory().registerSingleton("late", neverStops(3));
		this.timeouts.closing(Deadline.after(Duration.ofMillis(100), this.time));
		this.context.close();
		assertThat(output).contains("phase 3 ends with 1 bean still running after timeout of 80ms");
	}

	private void refresh(SmartLifecycle... lifecycles) {
		this.context.registerBean("lifecycleProcessor", DefaultLifecycleProcessor.class, () -> this.processor);
		for (SmartLifecycle lifecycle : lifecycles) {
			this.context.registerBean("stops" + lifecycle.getPhase(), SmartLifecycle.class, () -> lifecycle);
		}
		this.context.refresh();
	}

	private void close(Duration left, SmartLifecycle... lifecycles) {
		refresh(lifecycles);
		this.timeouts.quiescing(report());
		this.timeouts.closing(Deadline.after(left, this.time));
		this.context.close();
	}

	private static ShutdownReport report() {
		return ShutdownReport.ofStart(Trigger.SIGTERM, Duration.ZERO);
	}

	private SmartLifecycle neverStops(int phase) {
		return neverStops(phase, Duration.ZERO);
	}

	private SmartLifecycle neverStops(int phase, Duration timeToBegin) {
		return new NeverStopping(phase, timeToBegin, this.time::pass);
	}

	private record Tasks(long inFlight) implements Participant {

		@Override
		public String name() {
			return "executors";
		}

	}

	private record Stopping(int phase, Runnable action) implements SmartLifecycle {

		@Override
		public void start() {
		}

		@Override
		public void stop() {
			this.action.run();
		}

		@Override
		public boolean isRunning() {
			return true;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

	private record NeverStopping(int phase, Duration timeToBegin, Consumer<Duration> pass) implements SmartLifecycle {

		@Override
		public void start() {
		}

		@Override
		public void stop() {
			this.pass.accept(this.timeToBegin);
		}

		@Override
		public void stop(Runnable callback) {
			stop();
		}

		@Override
		public boolean isRunning() {
			return true;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
