package io.podlifecycle.boot.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.podlifecycle.boot.ShutdownProperties;
import io.podlifecycle.shutdown.GraceBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application assumes that is told nothing of its pod.
 */
class GracePeriodTests {

	@Test
	void onKubernetesAPreStopHookIsAssumed() {
		GraceBudget budget = budget(true);
		assertThat(budget).isEqualTo(
				new GraceBudget(seconds(30), seconds(10), seconds(2), seconds(10), seconds(5), seconds(13), true));
		assertThat(budget.total()).isEqualTo(seconds(18));
	}

	@Test
	void elsewhereThereIsNone() {
		GraceBudget budget = budget(false);
		assertThat(budget.preStopAssumed()).isFalse();
		assertThat(budget.total()).isEqualTo(seconds(28));
	}

	@Test
	void whoTellsTheGracePeriodHasAllOfIt() {
		GraceBudget budget = budget(true, (properties) -> properties.setGracePeriod(seconds(30)));
		assertThat(budget.preStopAssumed()).isFalse();
		assertThat(budget.total()).isEqualTo(seconds(28));
	}

	@Test
	void whoTellsTheHookHasTheDefaultGracePeriodWithoutIt() {
		GraceBudget budget = budget(true, (properties) -> properties.setPreStopDelay(seconds(4)));
		assertThat(budget.preStopAssumed()).isFalse();
		assertThat(budget.total()).isEqualTo(seconds(24));
		assertThat(budget.propagatedBefore()).isEqualTo(seconds(4));
	}

	@Test
	void whereChosenPartsFitDefaultsShrink() {
		GraceBudget budget = budget(true, (properties) -> properties.getPropagation().setMax(seconds(15)),
				"propagation.max");
		assertThat(budget.preStopAssumed()).isTrue();
		assertThat(budget.propagationMax()).isEqualTo(seconds(15));
		assertThat(budget.closeTimeout()).isEqualTo(Duration.ofMillis(2500));
		assertThat(budget.total()).isEqualTo(seconds(19));
	}

	@Test
	void whereChosenPartsDoNotFitTheAssumptionIsDropped() {
		GraceBudget budget = budget(true, (properties) -> properties.getPropagation().setMax(seconds(20)),
				"propagation.max");
		assertThat(budget.preStopAssumed()).isFalse();
		assertThat(budget.total()).isEqualTo(seconds(28));
	}

	@Test
	void aSpreadThatDoesNotFitIsNoReasonNotToStart() {
		ShutdownProperties.Streams streams = new ShutdownProperties.Streams();
		streams.setSpread(seconds(4));
		MockEnvironment environment = onKubernetes().withProperty("pod-lifecycle.shutdown.streams.spread", "4s");
		assertThat(StreamSpread.of(streams, budget(true), environment)).isEqualTo(Duration.ofMillis(1500));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void beforeThereAreBeansItIsTheSame(boolean onKubernetes) {
		ShutdownProperties properties = new ShutdownProperties();
		assertThat(GracePeriod.of(properties, onKubernetes).afterSigterm().minus(properties.getReserve()))
			.isEqualTo(budget(onKubernetes).total());
	}

	private static GraceBudget budget(boolean onKubernetes) {
		return budget(onKubernetes, (properties) -> {
		});
	}

	private static GraceBudget budget(boolean onKubernetes, Consumer<ShutdownProperties> change, String... chosen) {
		ShutdownProperties properties = new ShutdownProperties();
		change.accept(properties);
		MockEnvironment environment = onKubernetes ? onKubernetes() : new MockEnvironment();
		List.of(chosen).forEach((name) -> environment.setProperty("pod-lifecycle.shutdown." + name, "chosen"));
		return new ShutdownSettingsMapper(properties, environment).settings().budget();
	}

	private static MockEnvironment onKubernetes() {
		return new MockEnvironment().withProperty("spring.main.cloud-platform", "kubernetes");
	}

	private static Duration seconds(long seconds) {
		return Duration.ofSeconds(seconds);
	}

}
