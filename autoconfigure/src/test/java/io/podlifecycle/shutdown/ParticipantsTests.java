package io.podlifecycle.shutdown;

import java.util.List;
import java.util.Map;

import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ParticipantsTests {

	@Test
	void connectionsAreThoseOfAllServers() {
		Participants participants = participants(List.of(), () -> 3, () -> 4);
		assertThat(participants.openConnections()).isEqualTo(7);
		assertThat(participants.serveTheNetwork()).isTrue();
		assertThat(participants(List.of()).serveTheNetwork()).isFalse();
	}

	@Test
	void whoDoesNothingHasNothingToDo() {
		Participant idle = () -> "idle";
		Participants participants = participants(List.of(idle));
		assertThat(participants.quiesce().problems()).isEmpty();
		assertThat(participants.drain().problems()).isEmpty();
		assertThat(participants.loads(() -> 0).idleRounds(true)).isOne();
		assertThat(participants.load()).containsExactly(new ParticipantLoad("idle", 0));
	}

	@Test
	void whoHasWorkIsNotIdleAndTellsWhatItHasDone() {
		Participants participants = participants(List.of(() -> "idle", new Loaded("streams", 2, "3 ended")));
		assertThat(participants.loads(() -> 0).idleRounds(true)).isZero();
		assertThat(participants.load()).containsExactly(new ParticipantLoad("idle", 0),
				new ParticipantLoad("streams", 2, 0, "3 ended"));
	}

	@Test
	void whoCannotTellIsNotWaitedFor() {
		Participant broken = new Participant() {

			@Override
			public String name() {
				return "broken";
			}

			@Override
			public long inFlight() {
				throw new IllegalStateException("cannot count");
			}

			@Override
			public String outcome() {
				throw new IllegalStateException("cannot tell");
			}

		};
		Participants participants = participants(List.of(broken));
		assertThat(participants.loads(() -> 0).idleRounds(true)).isOne();
		assertThat(participants.load()).containsExactly(new ParticipantLoad("broken", 0));
	}

	private static Participants participants(List<Participant> participants, Connections... connections) {
		return new Participants(participants, Map.of(), List.of(connections), Runnable::run);
	}

	private record Loaded(String name, long inFlight, String outcome) implements Participant {

	}

}
