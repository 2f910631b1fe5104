package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.work.ObservedWork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors that are thrown wherever a shutdown calls something: it goes on, and its grace
 * period is kept.
 */
class GracefulShutdownFaultTests extends ShutdownTimeline {

	static Stream<Arguments> faults() {
		List<Supplier<Error>> errors = List.of(StackOverflowError::new, () -> new NoClassDefFoundError("absent"),
				() -> new OutOfMemoryError("none left"));
		return Stream
			.of("ready", "refuse", "announce", "quiesce", "drain", "inFlight", "outcome", "task", "open", "ask",
					"quiescing", "draining", "drained", "thread", "question", "exit")
			.flatMap((place) -> errors.stream().map((error) -> Arguments.of(place, error.get())));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void anErrorIsSkippedWhereverItIsThrown(String place, Error error) {
		Fault fault = new Fault(place, error);
		afterAMinuteOfTraffic();
		this.preStopTasks.put("lease", () -> fault.at("task"));
		this.participants.add(fault);
		this.connections = List.of(fault);
		this.executor = (task) -> {
			fault.at("thread");
			task.run();
		};
		this.questions = (question) -> {
			fault.at("question");
			question.run();
		};
		Duration start = this.time.elapsed();
		this.lifecycle.advanceTo(LifecycleState.READY);
		GracefulShutdown shutdown = new GracefulShutdown(settings(), this.lifecycle, fault,
				new ObservedWork(this.inFlight, this.traffic), participants(), List.of(fault), this.time, this.time,
				() -> fault.at("exit"));
		try {
			shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
			assertThat(this.lifecycle.state()).isEqualTo(LifecycleState.DRAINING);
		}
		catch (Error ex) {
			// Before it has begun: whoever calls it forwards the signal.
			assertThat(ex).isSameAs(error);
			assertThat(place).isEqualTo("exit");
		}
		assertThat(this.time.elapsed().minus(start)).isLessThan(Duration.ofSeconds(28));
		shutdown.shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		shutdown.awaitPropagation();
	}

	/** All that a shutdown calls, of which one throws. */
	private record Fault(String place, Error error) implements Readiness, Participant, Connections, ShutdownListener {

		boolean at(String now) {
			if (now.equals(this.place)) {
				throw this.error;
			}
			return false;
		}

		@Override
		public boolean hasBeenReady() {
			return !at("ready");
		}

		@Override
		public void refuse() {
			at("refuse");
		}

		@Override
		public void announce() {
			at("announce");
		}

		@Override
		public String name() {
			return "faulty";
		}

		@Override
		public void quiesce() {
			at("quiesce");
		}

		@Override
		public void drain() {
			at("drain");
		}

		@Override
		public long inFlight() {
			return at("inFlight") ? 1 : 0;
		}

		@Override
		public String outcome() {
			return at("outcome") ? "" : "done";
		}

		@Override
		public long open() {
			return at("open") ? 1 : 0;
		}

		@Override
		public void requestClose() {
			at("ask");
		}

		@Override
		public void quiescing(ShutdownReport report) {
			at("quiescing");
		}

		@Override
		public void draining(ShutdownReport report) {
			at("draining");
		}

		@Override
		public void drained(ShutdownReport report) {
			at("drained");
		}

	}

}
