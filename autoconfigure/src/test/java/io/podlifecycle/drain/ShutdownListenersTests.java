package io.podlifecycle.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.drain.DrainReport.Propagation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ShutdownListenersTests {

	private final DrainReport report = new DrainReport(ShutdownCause.SIGTERM, Propagation.SKIPPED, List.of(),
			new WorkTotals(0, 0, 0, List.of()), 0, 0, List.of(), List.of());

	private final List<String> events = new ArrayList<>();

	@Test
	void allAreToldInTheirOrder() {
		ShutdownListener both = new ShutdownListeners(List.of(new Recorder("one"), new Recorder("two")));
		both.quiescing(this.report);
		both.draining(this.report);
		both.drained(this.report);
		assertThat(this.events).containsExactly("one quiescing", "two quiescing", "one draining", "two draining",
				"one drained", "two drained");
	}

	@Test
	void oneThatFailsDoesNotKeepTheOthersFromBeingToldAndIsNamed() {
		ShutdownListener all = new ShutdownListeners(
				List.of(new Broken(), new Recorder("two"), new Broken(), new Recorder("four")));
		assertThatIllegalStateException().isThrownBy(() -> all.drained(this.report))
			.withMessage(Broken.class.getName() + ": java.lang.NoClassDefFoundError: gone")
			.withCauseInstanceOf(NoClassDefFoundError.class)
			.satisfies(
					(ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class));
		assertThat(this.events).containsExactly("two drained", "four drained");
	}

	@Test
	void whoListensToNothingIsToldWithoutAnError() {
		new ShutdownListeners(List.of(new ShutdownListener() {
		}, new Recorder("one"))).quiescing(this.report.followedBy(Phase.DRAIN, Duration.ofSeconds(1)));
		assertThat(this.events).containsExactly("one quiescing");
	}

	private final class Recorder implements ShutdownListener {

		private final String name;

		Recorder(String name) {
			this.name = name;
		}

		@Override
		public void quiescing(DrainReport report) {
			ShutdownListenersTests.this.events.add(this.name + " quiescing");
		}

		@Override
		public void draining(DrainReport report) {
			ShutdownListenersTests.this.events.add(this.name + " draining");
		}

		@Override
		public void drained(DrainReport report) {
			ShutdownListenersTests.this.events.add(this.name + " drained");
		}

	}

	private static final class Broken implements ShutdownListener {

		@Override
		public void drained(DrainReport report) {
			throw new NoClassDefFoundError("gone");
		}

	}

}
