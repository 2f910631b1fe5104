package io.podlifecycle.messaging;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ListenerContainersTests {

	private final List<Container> containers = new ArrayList<>();

	private final List<Container> prepared = new ArrayList<>();

	private final ListenerContainers<Container> participant = new ListenerContainers<>("listeners",
			() -> this.containers, this.prepared::add);

	@Test
	void nothingIsInFlightWhileTheApplicationServes() {
		container(true);
		assertThat(this.participant.inFlight()).isZero();
	}

	@Test
	void aContainerIsInFlightUntilItHasStopped() {
		Container one = container(true);
		Container other = container(true);
		this.participant.quiesce();
		assertThat(this.participant.inFlight()).isEqualTo(2);
		one.stopped();
		one.stopped();
		assertThat(this.participant.inFlight()).isEqualTo(1);
		other.stopped();
		assertThat(this.participant.inFlight()).isZero();
	}

	@Test
	void aContainerThatDoesNotRunIsLeftAlone() {
		Container container = container(false);
		this.participant.quiesce();
		assertThat(container.callback).isNull();
		assertThat(this.prepared).isEmpty();
		assertThat(this.participant.inFlight()).isZero();
	}

	@Test
	void aContainerIsPreparedBeforeItsStop() {
		Container container = container(true);
		this.participant.quiesce();
		assertThat(this.prepared).containsExactly(container);
	}

	@Test
	void aContainerThatCannotBeStoppedIsToldAndHoldsUpNoOther() {
		this.containers.add(new Container(true) {

			@Override
			public void stop(Runnable callback) {
				throw new IllegalStateException("broker is down");
			}

		});
		Container other = container(true);
		assertThatIllegalStateException().isThrownBy(this.participant::quiesce).withMessage("broker is down");
		assertThat(this.participant.inFlight()).isEqualTo(1);
		other.stopped();
		assertThat(this.participant.inFlight()).isZero();
	}

	private Container container(boolean running) {
		Container container = new Container(running);
		this.containers.add(container);
		return container;
	}

	private static class Container implements SmartLifecycle {

		private final boolean running;

		private @Nullable Runnable callback;

		Container(boolean running) {
			this.running = running;
		}

		@Override
		public void start() {
			throw new IllegalStateException("must not be started again");
		}

		@Override
		public void stop() {
			throw new IllegalStateException("would block");
		}

		@Override
		public void stop(Runnable callback) {
			this.callback = callback;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		void stopped() {
			if (this.callback != null) {
				this.callback.run();
			}
		}

	}

}
