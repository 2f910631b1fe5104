package io.podlifecycle.work;

import java.time.Duration;
import java.util.stream.IntStream;

import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TrafficTests {

	private final FakeTime time = new FakeTime();

	private final Traffic traffic = new Traffic(this.time);

	@Test
	void withoutAnyThereIsNoRate() {
		this.time.pass(Duration.ofSeconds(7));
		assertThat(this.traffic.ratePerSecond()).isZero();
		assertThat(this.traffic.total()).isZero();
	}

	@Test
	void theRateIsThatSinceTheStartWhenThatIsLessThanAMinuteAgo() {
		arrive(20, Duration.ofMillis(500));
		assertThat(this.traffic.ratePerSecond()).isEqualTo(2, within(0.1));
	}

	@Test
	void theRateForgetsWhatIsOlderThanAMinute() {
		arrive(1000, Duration.ofMillis(10));
		arrive(240, Duration.ofMillis(250));
		assertThat(this.traffic.ratePerSecond()).isEqualTo(4, within(0.2));
		assertThat(this.traffic.total()).isEqualTo(1240);
		this.time.pass(Duration.ofSeconds(61));
		assertThat(this.traffic.ratePerSecond()).isZero();
	}

	@Test
	void countsWhatSeveralThreadsBring() {
		IntStream.range(0, 10_000).parallel().forEach((i) -> this.traffic.arrived("10.0.0.1"));
		this.time.pass(Duration.ofSeconds(10));
		assertThat(this.traffic.total()).isEqualTo(10_000);
		assertThat(this.traffic.ratePerSecond()).isEqualTo(1000, within(0.1));
	}

	@Test
	void silenceIsUnusualAfterSteadyRequests() {
		arrive(60, Duration.ofMillis(300));
		assertThat(this.traffic.unusualSilence()).isEmpty();
		this.time.pass(Duration.ofMillis(1900));
		assertThat(this.traffic.unusualSilence()).isEmpty();
		this.time.pass(Duration.ofMillis(800));
		assertThat(this.traffic.unusualSilence()).contains(Duration.ofSeconds(3));
	}

	@Test
	void silenceAfterRareRequestsHasToBeLonger() {
		arrive(20, Duration.ofSeconds(3));
		this.time.pass(Duration.ofSeconds(5));
		assertThat(this.traffic.unusualSilence()).isEmpty();
		this.time.pass(Duration.ofSeconds(1));
		assertThat(this.traffic.unusualSilence()).isPresent();
	}

	@Test
	void silenceAfterABurstOrWithoutRequestsProvesNothing() {
		this.time.pass(Duration.ofMinutes(1));
		assertThat(this.traffic.unusualSilence()).isEmpty();
		arrive(5000, Duration.ofMillis(1));
		this.time.pass(Duration.ofSeconds(9));
		assertThat(this.traffic.unusualSilence()).isEmpty();
	}

	@Test
	void silenceAfterBurstsIsComparedWithThePausesBetweenThem() {
		for (int i = 0; i < 6; i++) {
			arrive(300, Duration.ofMillis(10));
			this.time.pass(Duration.ofSeconds(6));
		}
		this.time.pass(Duration.ofSeconds(10));
		assertThat(this.traffic.unusualSilence()).isEmpty();
	}

	private void arrive(int count, Duration pause) {
		for (int i = 0; i < count; i++) {
			this.traffic.arrived("10.0.0.1");
			this.time.pass(pause);
		}
	}

	@Test
	void theFirstSecondCountsAsOne() {
		this.traffic.arrived("10.0.0.1");
		this.time.pass(Duration.ofMillis(100));
		this.traffic.arrived("10.0.0.1");
		assertThat(this.traffic.ratePerSecond()).isEqualTo(2);
	}

	@Test
	void theMinuteEndsAfterSixtySeconds() {
		arrive(60, Duration.ofMillis(1));
		this.time.pass(Duration.ofSeconds(59));
		assertThat(this.traffic.ratePerSecond()).isEqualTo(60 / 59.06);
		this.time.pass(Duration.ofSeconds(1));
		assertThat(this.traffic.ratePerSecond()).isZero();
	}

}
