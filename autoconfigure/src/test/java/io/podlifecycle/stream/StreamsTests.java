package io.podlifecycle.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams that are ended over two seconds.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StreamsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final FakeTime time = new FakeTime();

	private final List<Runnable> tasks = new ArrayList<>();

	private Executor executor = Runnable::run;

	private final Streams streams = new Streams(Duration.ofSeconds(2), () -> TIMEOUT,
			(task) -> this.executor.execute(task), this.time, this.time);

	private final List<Duration> ends = new ArrayList<>();

	@Test
	void endsAreEvenlySpread() {
		open(4);
		assertThat(this.streams.outcome()).isEmpty();
		this.streams.drain();
		assertThat(this.ends).containsExactly(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(1),
				Duration.ofMillis(1500));
		assertThat(this.streams.outcome()).isEqualTo("4 ended");
		assertThat(this.streams.ended()).isEqualTo(4);
	}

	@Test
	void aSingleStreamIsEndedAtOnce() {
		open(1);
		this.streams.drain();
		assertThat(this.ends).containsExactly(Duration.ZERO);
		assertThat(this.time.elapsed()).isZero();
	}

	@Test
	void anEndThatTakesItsTimeDoesNotDelayTheOthers() {
		for (int i = 0; i < 4; i++) {
			new Client(() -> this.time.pass(Duration.ofMillis(400)));
		}
		this.streams.drain();
		assertThat(this.ends).containsExactly(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(1),
				Duration.ofMillis(1500));
	}

	@Test
	void aStreamThatEndedByItselfIsLeftAlone() {
		OpenStream first = this.streams.open("first", this::ended);
		OpenStream second = this.streams.open("second", this::ended);
		this.time.at(Duration.ofMillis(500), () -> {
			first.close();
			second.close();
		});
		this.streams.drain();
		assertThat(this.ends).containsExactly(Duration.ZERO);
		assertThat(this.streams.ended()).isEqualTo(1);
	}

	@Test
	void aStreamThatOpensLaterIsEndedAtOnce() {
		open(1);
		this.time.pass(Duration.ofSeconds(5));
		assertThat(this.ends).isEmpty();
		this.streams.drain();
		this.time.pass(Duration.ofSeconds(5));
		this.executor = this.tasks::add;
		open(1);
		this.executor = Runnable::run;
		this.tasks.forEach(Runnable::run);
		assertThat(this.ends).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
		assertThat(this.streams.outcome()).isEqualTo("2 ended");
	}

	@Test
	void aStreamThatOpensWhenTheTimeIsOverIsEndedIfItIsNotBusy() {
		this.streams.drain();
		this.time.pass(TIMEOUT);
		this.executor = this.tasks::add;
		open(1);
		Client stuck = new Client(Integer.MAX_VALUE);
		this.executor = Runnable::run;
		this.tasks.forEach(Runnable::run);
		assertThat(this.ends).containsExactly(TIMEOUT);
		assertThat(stuck.aborts).containsExactly(TIMEOUT);
	}

	@Test
	void isInFlightUntilItIsClosed() {
		OpenStream stream = this.streams.open("stream", this::ended);
		this.time.at(Duration.ofSeconds(3), () -> {
			assertThat(this.streams.inFlight()).isEqualTo(1);
			stream.close();
			stream.close();
		});
		this.streams.drain();
		assertThat(this.streams.inFlight()).isZero();
		assertThat(this.time.elapsed()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3020));
		assertThat(this.streams.outcome()).isEqualTo("1 ended");
	}

	@Test
	void aStreamThatCannotBeEndedIsNotWaitedForAndTheRestGoesOn() {
		for (int i = 0; i < 3; i++) {
			this.streams.open("broken", () -> {
				throw new IllegalStateException("broken");
			});
		}
		open(1);
		this.streams.drain();
		assertThat(this.ends).hasSize(1);
		assertThat(this.streams.failed()).isEqualTo(3);
		assertThat(this.streams.outcome()).isEqualTo("1 ended, 3 could not be ended");
		assertThat(this.streams.ended()).isEqualTo(1);
		assertThat(this.streams.inFlight()).isZero();
	}

	@Test
	void whenItIsInterruptedTheRestEndsAtOnce() {
		open(4);
		this.time.at(Duration.ofMillis(500), () -> Thread.currentThread().interrupt());
		this.streams.drain();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.ends).containsExactly(Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(500),
				Duration.ofMillis(500));
		assertThat(this.streams.outcome()).isEqualTo("4 ended");
	}

	@Test
	void whenItIsInterruptedWhatIsBusyIsCutOffAtOnce() {
		Client early = new Client(Integer.MAX_VALUE);
		Client late = new Client(Integer.MAX_VALUE);
		this.time.at(Duration.ofMillis(500), () -> Thread.currentThread().interrupt());
		assertThat(this.streams.isOver()).isFalse();
		this.streams.drain();
		assertThat(this.streams.isOver()).isTrue();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(early.aborts).hasSize(1);
		assertThat(late.aborts).hasSize(1);
		assertThat(this.time.elapsed()).isLessThan(Duration.ofSeconds(1));
		assertThat(this.streams.outcome()).isEqualTo("0 ended, 2 cut off (2 stream)");
	}

	@Test
	void aBusyStreamIsTriedAgainAfterGrowingPausesAndHoldsUpNoOther() {
		Client busy = new Client(9);
		open(3);
		this.streams.drain();
		Duration first = busy.attempts.get(0);
		assertThat(busy.attempts.stream().map((attempt) -> attempt.minus(first).toMillis())).containsExactly(0L, 10L,
				30L, 70L, 150L, 310L, 630L, 1270L, 1910L, 2550L);
		assertThat(this.ends).filteredOn((end) -> end.toMillis() % 500 == 0).hasSize(3);
		assertThat(this.streams.outcome()).isEqualTo("4 ended");
	}

	@Test
	void whatDoesNotEndIsCutOffWhenTheTimeIsOver() {
		Client stuck = new Client(Integer.MAX_VALUE);
		List<Duration> unread = new ArrayList<>();
		this.streams.open("GET /unread", new StreamEnd() {

			@Override
			public boolean attempt() {
				return true;
			}

			@Override
			public void abort() {
				unread.add(StreamsTests.this.time.elapsed());
				throw new IllegalStateException("the connection is closed");
			}

		});
		open(2);
		this.streams.drain();
		assertThat(stuck.aborts).containsExactly(TIMEOUT);
		assertThat(unread).containsExactly(TIMEOUT);
		assertThat(this.ends).hasSize(2).last().matches((end) -> end.compareTo(Duration.ofSeconds(2)) < 0);
		assertThat(this.streams.outcome()).matches("2 ended, 2 cut off \\(1 .*, 1 .*\\)").contains("1 GET /unread");
		assertThat(this.streams.aborted()).isEqualTo(2);
		assertThat(this.streams.inFlight()).isZero();
	}

	@Test
	void anEndThatReturnsAfterItsStreamWasCutOffChangesNothing() {
		OpenStream[] stream = new OpenStream[1];
		stream[0] = this.streams.open("stream", () -> {
			this.time.pass(TIMEOUT);
			stream[0].abort();
			stream[0].close();
		});
		this.streams.drain();
		assertThat(this.streams.outcome()).isEqualTo("0 ended, 1 cut off (1 stream)");
	}

	@Test
	void aStreamThatCouldNotBeEndedInTimeMayBeCutOffByItsServer() {
		OpenStream[] stream = new OpenStream[1];
		stream[0] = this.streams.open("WebSocket /socket", () -> stream[0].abort());
		this.streams.drain();
		assertThat(this.streams.outcome()).isEqualTo("0 ended, 1 cut off (1 WebSocket /socket)");
		assertThat(this.streams.inFlight()).isZero();
	}

	@Test
	void whileThereIsNoThreadItIsTriedAgain() {
		AtomicInteger rejections = new AtomicInteger(3);
		this.executor = (task) -> {
			if (rejections.getAndDecrement() > 0) {
				throw new RejectedExecutionException("full");
			}
			task.run();
		};
		open(1);
		this.streams.drain();
		assertThat(this.ends).containsExactly(Duration.ofMillis(70));
	}

	@Test
	void theThreadsDoNotKeepTheProcess() {
		CompletableFuture<Boolean> daemon = new CompletableFuture<>();
		Streams.daemonThreads().execute(() -> daemon.complete(Thread.currentThread().isDaemon()));
		assertThat(daemon.join()).isTrue();
	}

	@Test
	void theThreadsAreThereOnlyWhileThereIsSomethingToDo() {
		assertThat(Streams.daemonThreads()).isInstanceOfSatisfying(ThreadPoolExecutor.class,
				(threads) -> assertThat(threads.getCorePoolSize()).isZero());
	}

	@Test
	void isEndedOnce() {
		open(1);
		assertThat(this.streams.open("GET /changes", this::ended)).hasToString("GET /changes");
		this.streams.drain();
		this.streams.drain();
		assertThat(this.ends).hasSize(2);
	}

	@Test
	void tellsNothingBeforeTheDrainAndNothingOfNothing() {
		assertThat(this.streams.name()).isEqualTo("streams");
		this.streams.drain();
		assertThat(this.streams.outcome()).isEmpty();
	}

	@Test
	void ifNoneCouldBeEndedThatIsTold() {
		this.streams.open("broken", () -> {
			throw new IllegalStateException("broken");
		});
		this.streams.drain();
		assertThat(this.streams.outcome()).isEqualTo("0 ended, 1 could not be ended");
	}

	private void open(int count) {
		for (int i = 0; i < count; i++) {
			new Client(0);
		}
	}

	private void ended() {
		this.ends.add(this.time.elapsed());
	}

	/** A stream that is closed as soon as it has ended. */
	private final class Client implements StreamEnd {

		private final List<Duration> attempts = new ArrayList<>();

		private final List<Duration> aborts = new ArrayList<>();

		private final OpenStream stream;

		private final Runnable end;

		private int busy;

		Client(int busy) {
			this(() -> {
			}, busy);
		}

		Client(Runnable end) {
			this(end, 0);
		}

		private Client(Runnable end, int busy) {
			this.end = end;
			this.busy = busy;
			this.stream = StreamsTests.this.streams.open("stream", this);
		}

		@Override
		public boolean attempt() {
			this.attempts.add(StreamsTests.this.time.elapsed());
			if (this.busy-- > 0) {
				return false;
			}
			ended();
			this.end.run();
			this.stream.close();
			return true;
		}

		@Override
		public void abort() {
			this.aborts.add(StreamsTests.this.time.elapsed());
		}

	}

}
