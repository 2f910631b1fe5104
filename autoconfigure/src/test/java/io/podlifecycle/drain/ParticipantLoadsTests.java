package io.podlifecycle.drain;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ParticipantLoadsTests {

	private final Queue<Runnable> questions = new ArrayDeque<>();

	private final AtomicLong inFlight = new AtomicLong();

	private final ParticipantLoads loads = new ParticipantLoads(
			List.of(new NamedParticipant("executor", new Participant() {

				@Override
				public String name() {
					return "executor";
				}

				@Override
				public long inFlight() {
					return ParticipantLoadsTests.this.inFlight.get();
				}

			})), this.questions::add, () -> 0);

	@Test
	void aParticipantThatWasBusyIsNotIdleWhileItIsAskedAgain() {
		this.inFlight.set(1);
		assertThat(this.loads.areIdle()).isFalse();
		for (int look = 0; look < 3; look++) {
			this.questions.remove().run();
			assertThat(this.loads.areIdle()).isFalse();
		}
	}

	@Test
	void aParticipantIsIdleOnceItHasSaidSo() {
		assertThat(this.loads.areIdle()).isFalse();
		assertThat(this.loads.areIdle()).as("not answered yet").isFalse();
		this.questions.remove().run();
		assertThat(this.loads.areIdle()).isTrue();
	}

}
