package io.podlifecycle.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams that are ended over two seconds.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StreamsTests {

	private final FakeTime time = new FakeTime();

	private final Streams streams = new Streams(Duration.ofSeconds(2), Runnable::run, this.time, this.time);

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
			this.streams.open("stream", () -> {
				this.ends.add(this.time.elapsed());
				this.time.pass(Duration.ofMillis(400));
			});
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
		open(1);
		assertThat(this.ends).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
	}

	@Test
	void isInFlightUntilItIsClosed() {
		OpenStream stream = this.streams.open("stream", this::ended);
		this.streams.drain();
		assertThat(this.streams.inFlight()).isEqualTo(1);
		stream.close();
		stream.close();
		assertThat(this.streams.inFlight()).isZero();
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
		assertThat(this.streams.inFlight()).isEqualTo(1);
	}

	@Test
	void whenItIsInterruptedTheRestEndsAtOnce() {
		open(4);
		this.time.at(Duration.ofMillis(500), () -> Thread.currentThread().interrupt());
		this.streams.drain();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.ends).containsExactly(Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(500),
				Duration.ofMillis(500));
	}

	@Test
	void theThreadsDoNotKeepTheProcess() {
		CompletableFuture<Boolean> daemon = new CompletableFuture<>();
		Streams.daemonThreads().execute(() -> daemon.complete(Thread.currentThread().isDaemon()));
		assertThat(daemon.join()).isTrue();
	}

	private void open(int count) {
		for (int i = 0; i < count; i++) {
			this.streams.open("stream", this::ended);
		}
	}

	private void ended() {
		this.ends.add(this.time.elapsed());
	}

	@Test
	void theThreadsAreThereOnlyWhileThereIsSomethingToDo() {
		assertThat(Streams.daemonThreads()).isInstanceOfSatisfying(ThreadPoolExecutor.class,
				(threads) -> assertThat(threads.allowsCoreThreadTimeOut()).isTrue());
	}

	@Test
	void isEndedOnce() {
		OpenStream stream = this.streams.open("GET /changes", this::ended);
		assertThat(stream).hasToString("GET /changes");
		assertThat(stream.end()).isTrue();
		assertThat(stream.end()).isFalse();
		assertThat(this.ends).hasSize(1);
		this.streams.drain();
		assertThat(this.ends).hasSize(1);
		assertThat(this.streams.ended()).isZero();
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

}
