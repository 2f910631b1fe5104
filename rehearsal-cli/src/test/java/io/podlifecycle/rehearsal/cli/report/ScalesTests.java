package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.podlifecycle.rehearsal.cli.report.Rollouts.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ScalesTests {

	@Test
	void timesArePercentagesAndStayOnTheAxis() {
		TimeScale scale = new TimeScale(Duration.ofSeconds(40));
		assertThat(scale.at(millis(10_000))).isEqualTo("25.000%");
		assertThat(scale.width(millis(10_000), millis(30_000))).isEqualTo("50.000%");
		assertThat(scale.at(millis(41_000))).isEqualTo("100.000%");
		assertThat(scale.at(millis(-1))).isEqualTo("0.000%");
		assertThat(scale.ticks()).extracting(Duration::toSeconds)
			.containsExactly(0L, 5L, 10L, 15L, 20L, 25L, 30L, 35L, 40L);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 999, 1_000, 8_999, 61_000, 599_000, 3_601_000, 86_400_000 })
	void thereAreNeverMoreTimesThanFit(long millis) {
		List<Duration> ticks = new TimeScale(millis(millis)).ticks();
		assertThat(ticks).hasSizeBetween(1, 10).allMatch((tick) -> tick.toMillis() <= millis);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "1, 1", "3, 3", "57, 60", "96, 100", "101, 150", "1234, 1500" })
	void theAxisOfARateEndsAtARoundValueThatHasRoomForIt(double max, double end) {
		ValueScale scale = ValueScale.linear(max);
		assertThat(scale.ticks()).startsWith(0.0).endsWith(end).hasSizeLessThanOrEqualTo(6);
		assertThat(scale.fraction(0)).isZero();
		assertThat(scale.fraction(end / 2)).isEqualTo(0.5);
		assertThat(scale.fraction(end * 2)).isEqualTo(1);
	}

	@Test
	void theAxisOfLatenciesHasPowersOfTen() {
		ValueScale scale = ValueScale.logarithmic(3.4, 250);
		assertThat(scale.ticks()).containsExactly(1.0, 10.0, 100.0, 1_000.0);
		assertThat(scale.fraction(10)).isCloseTo(1 / 3.0, within(1e-9));
		assertThat(scale.fraction(0)).isZero();
		assertThat(ValueScale.logarithmic(10, 10).ticks()).containsExactly(10.0, 100.0);
	}

	@Test
	void theLastSliceEndsWithTheLoad() {
		Rollout rollout = Rollouts.of("app", "", 0);
		assertThat(Slices.of(rollout)).hasSize(29).isEqualTo(rollout.slices());
		Rollout longer = ending(rollout, millis(14_800));
		assertThat(Slices.of(longer)).hasSize(30).last().extracting(LoadSlice::length).isEqualTo(millis(300));
		assertThat(Slices.of(ending(rollout, millis(14_600)))).hasSize(29);
	}

	private static Rollout ending(Rollout rollout, Duration loadDuration) {
		List<LoadSlice> slices = new ArrayList<>(rollout.slices());
		slices.add(new LoadSlice(millis(24_500), millis(500), 1, 0, millis(1), millis(1), millis(1)));
		return Rollouts.lasting(rollout, loadDuration, slices);
	}

}
