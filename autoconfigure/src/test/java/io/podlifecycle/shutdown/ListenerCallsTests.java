package io.podlifecycle.shutdown;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.podlifecycle.drain.DrainReport;
import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.drain.ShutdownListener;
import io.podlifecycle.drain.WorkTotals;
import io.podlifecycle.report.Trigger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListenerCallsTests {

	private final DrainReport report = new DrainReport(Trigger.SIGTERM, Propagation.SKIPPED, List.of(),
			new WorkTotals(0, 0, 0, List.of()), 0, 0, List.of(), List.of());

	private final List<String> events = new ArrayList<>();

	private final Queue<Runnable> threads = new ArrayDeque<>();

	@Test
	void allAreToldInTheirOrder() {
		ListenerCalls calls = new ListenerCalls(List.of(new Recorder("one"), new Recorder("two")), Runnable::run);
		calls.tell(ShutdownListener::quiescing, this.report);
		calls.tell(ShutdownListener::draining, this.report);
		calls.tell(ShutdownListener::drained, this.report);
		assertThat(this.events).containsExactly("one quiescing", "two quiescing", "one draining", "two draining",
				"one drained", "two drained");
		assertThat(calls.areOver()).isTrue();
		assertThat(calls.problems()).isEmpty();
	}

	@Test
	void oneThatFailsIsNamedAndIsToldTheRest() {
		ListenerCalls calls = new ListenerCalls(List.of(new Broken(), new Recorder("two")), Runnable::run);
		calls.tell(ShutdownListener::quiescing, this.report);
		calls.tell(ShutdownListener::drained, this.report);
		assertThat(this.events).containsExactly("two quiescing", "broken drained", "two drained");
		assertThat(calls.problems())
			.containsExactly("listener failed: " + Broken.class.getName() + ": java.lang.NoClassDefFoundError: gone");
	}

	@Test
	void oneThatDoesNotReturnIsNamedAndHoldsUpNoOther() {
		ListenerCalls calls = new ListenerCalls(List.of(new Recorder("one"), new Recorder("two")), this.threads::add);
		calls.tell(ShutdownListener::quiescing, this.report);
		calls.tell(ShutdownListener::drained, this.report);
		this.threads.remove();
		while (!this.threads.isEmpty()) {
			this.threads.remove().run();
		}
		assertThat(this.events).containsExactly("two quiescing", "two drained");
		assertThat(calls.areOver()).isFalse();
		assertThat(calls.problems()).containsExactly("listener does not return: " + Recorder.class.getName());
	}

	@Test
	void theReadinessEventIsAnnouncedAsWell() {
		ListenerCalls calls = new ListenerCalls(List.of(), this.threads::add);
		calls.announce(() -> this.events.add("refused"));
		assertThat(calls.problems()).containsExactly("listener does not return: of the readiness event");
		this.threads.remove().run();
		assertThat(this.events).containsExactly("refused");
		assertThat(calls.problems()).isEmpty();
	}

	@Test
	void whereThereIsNoThreadLeftNobodyIsTold() {
		ListenerCalls calls = new ListenerCalls(List.of(new Recorder("one")), (command) -> {
			throw new OutOfMemoryError("unable to create native thread");
		});
		calls.tell(ShutdownListener::quiescing, this.report);
		assertThat(calls.areOver()).isTrue();
		assertThat(this.events).isEmpty();
	}

	private final class Recorder implements ShutdownListener {

		private final String name;

		Recorder(String name) {
			this.name = name;
		}

		@Override
		public void quiescing(DrainReport report) {
			ListenerCallsTests.this.events.add(this.name + " quiescing");
		}

		@Override
		public void draining(DrainReport report) {
			ListenerCallsTests.this.events.add(this.name + " draining");
		}

		@Override
		public void drained(DrainReport report) {
			ListenerCallsTests.this.events.add(this.name + " drained");
		}

	}

	private final class Broken implements ShutdownListener {

		@Override
		public void quiescing(DrainReport report) {
			throw new NoClassDefFoundError("gone");
		}

		@Override
		public void drained(DrainReport report) {
			ListenerCallsTests.this.events.add("broken drained");
		}

	}

}
