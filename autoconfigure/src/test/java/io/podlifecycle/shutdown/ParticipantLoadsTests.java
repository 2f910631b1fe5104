package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ParticipantLoadsTests {

	private final Queue<Runnable> questions = new ArrayDeque<>();

	private final FakeTime time = new FakeTime();

	private final AtomicLong inFlight = new AtomicLong();

	private final ParticipantLoads loads = new ParticipantLoads(
			List.of(new Participants.Named("executor", new Participant() {

				@Override
				public String name() {
					return "executor";
				}

				@Override
				public long inFlight() {
					return ParticipantLoadsTests.this.inFlight.get();
				}

			})), this.questions::add, this.time);

	@Test
	void aParticipantThatWasBusyIsNotIdleWhileItIsAskedAgain() {
		this.inFlight.set(1);
		assertThat(this.loads.idleRounds(true)).isZero();
		for (int look = 0; look < 3; look++) {
			this.questions.remove().run();
			assertThat(this.loads.idleRounds(true)).isZero();
		}
	}

	@Test
	void aRoundCountsOnceAllHaveAnswered() {
		assertThat(this.loads.idleRounds(true)).isZero();
		assertThat(this.loads.idleRounds(true)).as("not answered yet").isZero();
		this.questions.remove().run();
		assertThat(this.loads.idleRounds(true)).isOne();
		assertThat(this.loads.idleRounds(true)).as("asked again, and not answered yet").isOne();
		this.questions.remove().run();
		assertThat(this.loads.idleRounds(true)).isEqualTo(2);
		this.inFlight.set(1);
		this.questions.remove().run();
		assertThat(this.loads.idleRounds(true)).isZero();
	}

	@Test
	void aRoundThatWasBegunWhileOthersWereBusyDoesNotCount() {
		assertThat(this.loads.idleRounds(false)).isZero();
		this.questions.remove().run();
		assertThat(this.loads.idleRounds(true)).isZero();
		this.questions.remove().run();
		assertThat(this.loads.idleRounds(true)).isOne();
		assertThat(this.loads.idleRounds(false)).isZero();
		assertThat(this.loads.last()).containsExactly(new ParticipantLoad("executor", 0));
	}

	@Test
	void onlyThoseThatWereBusyAreAskedOnceMore() {
		this.inFlight.set(2);
		this.loads.idleRounds(true);
		this.questions.remove().run();
		this.inFlight.set(1);
		this.loads.askBusyOnes();
		assertThat(this.loads.haveAnswered()).isFalse();
		this.questions.remove().run();
		assertThat(this.loads.haveAnswered()).isTrue();
		assertThat(this.loads.last()).containsExactly(new ParticipantLoad("executor", 1));
		this.inFlight.set(0);
		this.loads.askBusyOnes();
		this.questions.remove().run();
		this.loads.askBusyOnes();
		assertThat(this.questions).isEmpty();
	}

	@Test
	void aParticipantThatDoesNotAnswerInASecondIsTreatedAsIdleAndNotAskedAgain() {
		assertThat(this.loads.idleRounds(true)).isZero();
		assertThat(this.loads.problems()).isEmpty();
		this.time.pass(Duration.ofMillis(999));
		assertThat(this.loads.idleRounds(true)).isZero();
		this.time.pass(Duration.ofMillis(1));
		assertThat(this.loads.idleRounds(true)).isOne();
		assertThat(this.loads.idleRounds(true)).isEqualTo(2);
		assertThat(this.questions).hasSize(1);
		assertThat(this.loads.problems()).extracting(Problem::toString)
			.containsExactly("participant executor does not say what is in flight");
		assertThat(this.loads.last()).isEmpty();
	}

}
