package io.podlifecycle.shutdown;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

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

	@Test
	void connectedPeersAreThoseOfAllServersThatCanTell() {
		Participants participants = participants(List.of(), new Connected(Stream.of("10.0.0.1", "10.0.0.2")), () -> 1,
				new Connected(Stream.<Object>of("10.0.0.3").peek((peer) -> {
					throw new IllegalStateException("cannot tell");
				})), new Connected(Stream.of("10.0.0.4")));
		assertThat(participants.connectedPeers()).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.4");
	}

	@Test
	void theThreadsOfTasksHaveTheGivenClassLoaderAndEndWithTheParticipants() throws Exception {
		ClassLoader classLoader = new URLClassLoader(new URL[0]);
		ExecutorService threads = Participants.threadPerTask(classLoader);
		assertThat(threads.submit(() -> Thread.currentThread().getContextClassLoader()).get()).isSameAs(classLoader);
		new Participants(List.of(), Map.of(), List.of(), threads).close();
		assertThat(threads.isTerminated()).isTrue();
	}

	@Test
	void whoIsInterruptedWaitsForNoThread() {
		ExecutorService threads = Participants.threadPerTask(null);
		CountDownLatch end = new CountDownLatch(1);
		threads.execute(() -> assertThatNoException().isThrownBy(end::await));
		Thread.currentThread().interrupt();
		new Participants(List.of(), Map.of(), List.of(), threads).close();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(threads.isShutdown()).isTrue();
		end.countDown();
	}

	private static Participants participants(List<Participant> participants, Connections... connections) {
		return new Participants(participants, Map.of(), List.of(connections), Runnable::run);
	}

	private record Loaded(String name, long inFlight, String outcome) implements Participant {

	}

	private record Connected(Stream<Object> peers) implements Connections {

		@Override
		public long open() {
			return 1;
		}

	}

}
