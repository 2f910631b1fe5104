package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.stream.Stream;

import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport.PeerActivity;
import io.podlifecycle.report.ShutdownReport.PeerTotals;
import io.podlifecycle.shutdown.PropagationDelay.Mode;
import io.podlifecycle.time.FakeTime;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;
import io.podlifecycle.work.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PropagationDelayTests {

	private static final Duration MIN = Duration.ofSeconds(5);

	private static final Duration MAX = Duration.ofSeconds(60);

	private static final Duration LOOK = Duration.ofMillis(20);

	/** Silence counts from the end of a moment. */
	private static final Duration MOMENT = Duration.ofMillis(250);

	private final FakeTime time = new FakeTime();

	private final Traffic traffic = new Traffic(this.time);

	private final ObservedWork work = new ObservedWork(new InFlight(this.time), this.traffic);

	private final PropagationDelay adaptive = new PropagationDelay(Mode.ADAPTIVE, MIN, MAX, Duration.ofSeconds(2));

	@Test
	void endsAtItsFloorWhenAllAreSilent() {
		repeat("a", Duration.ofMillis(100), Duration.ZERO, Duration.ofMinutes(1));
		minute();
		assertEnds(begin(), Propagation.QUIET, MIN);
	}

	@Test
	void endsAfterTheQuietPeriodOfAFastPeer() {
		repeat("a", Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(70));
		minute();
		assertEnds(begin(), Propagation.QUIET, Duration.ofSeconds(12));
	}

	@Test
	void aSlowPeerNeedsThreeTimesItsLargestGap() {
		repeat("fast", Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(61));
		repeat("slow", Duration.ofSeconds(4), Duration.ZERO, Duration.ofSeconds(69));
		minute();
		assertEnds(begin(), Propagation.QUIET, Duration.ofSeconds(8 + 12));
	}

	@Test
	void aPeerWhoseGapDoesNotFitTakesItToTheCap() {
		repeat("fast", Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(61));
		repeat("slow", Duration.ofSeconds(25), Duration.ZERO, Duration.ofSeconds(61));
		minute();
		PropagationDelay.InProgress delay = begin();
		assertEnds(delay, Propagation.CAP, MAX);
		PeerTotals peers = delay.totals();
		assertThat(peers.seen()).isEqualTo(2);
		assertThat(peers.sending()).isEqualTo(1);
		PeerActivity slow = peers.mostRecent().get(0);
		assertThat(slow.address()).isEqualTo("slow");
		assertThat(slow.largestGap()).isEqualTo(Duration.ofSeconds(25));
		assertThat(slow.lastSeen()).isBetween(Duration.ofSeconds(69), Duration.ofSeconds(70));
	}

	@Test
	void aPeerThatIsSeenForTheFirstTimeMayComeBack() {
		repeat("a", Duration.ofMillis(100), Duration.ZERO, Duration.ofMinutes(1));
		this.time.at(Duration.ofSeconds(63), () -> this.traffic.arrived("new"));
		minute();
		assertEnds(begin(), Propagation.CAP, MAX);
	}

	@Test
	void aGapThatGrowsDuringTheDelayIsLearned() {
		repeat("a", Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(60));
		this.time.at(Duration.ofSeconds(64), () -> this.traffic.arrived("a"));
		minute();
		assertEnds(begin(), Propagation.QUIET, Duration.ofSeconds(4 + 12));
	}

	@Test
	void whoeverLeftBeforeIsNotWaitedFor() {
		repeat("departed", Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(40));
		repeat("a", Duration.ofMillis(100), Duration.ZERO, Duration.ofMinutes(1));
		minute();
		assertEnds(begin(), Propagation.QUIET, MIN);
	}

	@Test
	void aPeerThatStillHoldsAConnectionIsActiveHoweverLongItWasSilent() {
		repeat("pool", Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(20));
		minute();
		this.time.pass(Duration.ofMinutes(4));
		assertEnds(begin("pool", "never seen"), Propagation.CAP, MAX);
	}

	@Test
	void withoutAnyPeerSilenceProvesNothing() {
		minute();
		assertEnds(begin(), Propagation.CAP, MAX);
	}

	@Test
	void withNothingButHealthChecksEndsAtItsFloor() {
		this.time.at(Duration.ofSeconds(55), () -> this.work.arrived(new Request(), false, "10.0.0.1"));
		minute();
		assertEnds(begin(), Propagation.HEALTH_CHECKS_ONLY, MIN);
	}

	@Test
	void silenceThatNobodyHasObservedIsNoEvidence() {
		repeat("a", Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(62));
		minute();
		PropagationDelay.InProgress delay = begin();
		look(delay, Duration.ofSeconds(6));
		this.time.pass(Duration.ofSeconds(3));
		assertThat(delay.look(true)).isEqualTo(Propagation.IN_PROGRESS);
		Duration paused = this.time.elapsed();
		look(delay, MAX);
		assertThat(this.time.elapsed().minus(paused)).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2050));
	}

	@Test
	void theTimeOfAPreStopHookCounts() {
		repeat("a", Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(62));
		this.time.pass(Duration.ofSeconds(65));
		PropagationDelay.InProgress delay = this.adaptive.begin(Duration.ofSeconds(5), this.traffic, Stream.empty(),
				this.time);
		// The quiet period is observed all the same.
		assertEnds(delay, Propagation.QUIET, Duration.ofSeconds(2));
	}

	@Test
	void aFixedOneAlwaysLastsTillItsCap() {
		repeat("a", Duration.ofMillis(50), Duration.ZERO, Duration.ofMinutes(1));
		minute();
		assertEnds(new PropagationDelay(Mode.FIXED, MIN, MAX, Duration.ZERO).begin(Duration.ZERO, this.traffic,
				Stream.empty(), this.time), Propagation.CAP, MAX);
	}

	private PropagationDelay.InProgress begin(Object... connected) {
		return this.adaptive.begin(Duration.ZERO, this.traffic, Stream.of(connected), this.time);
	}

	private void assertEnds(PropagationDelay.InProgress delay, Propagation end, Duration time) {
		Duration begin = this.time.elapsed();
		assertThat(look(delay, MAX)).isEqualTo(end);
		assertThat(this.time.elapsed().minus(begin)).isBetween(time.minus(MOMENT), time.plus(MOMENT).plus(LOOK));
	}

	private Propagation look(PropagationDelay.InProgress delay, Duration atMost) {
		Duration end = this.time.elapsed().plus(atMost);
		Propagation found = delay.look(false);
		while (found == Propagation.IN_PROGRESS && this.time.elapsed().compareTo(end) < 0) {
			this.time.pass(LOOK);
			found = delay.look(false);
		}
		return found;
	}

	private void repeat(String peer, Duration interval, Duration from, Duration to) {
		for (Duration time = from; time.compareTo(to) <= 0; time = time.plus(interval)) {
			this.time.at(time, () -> this.traffic.arrived(peer));
		}
	}

	private void minute() {
		this.time.pass(Duration.ofMinutes(1));
	}

	private static final class Request extends Work {

		@Override
		protected String describe() {
			return "health check";
		}

	}

}
