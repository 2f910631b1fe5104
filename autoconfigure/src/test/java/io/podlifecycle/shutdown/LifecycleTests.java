package io.podlifecycle.shutdown;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class LifecycleTests {

	private final Lifecycle lifecycle = new Lifecycle();

	@Test
	void onlyMovesForwardAndReturnsTheStateBefore() {
		assertThat(this.lifecycle.advanceTo(LifecycleState.STARTING)).isEqualTo(LifecycleState.WAITING);
		assertThat(this.lifecycle.advanceTo(LifecycleState.REFRESHING)).isEqualTo(LifecycleState.STARTING);
		assertThat(this.lifecycle.state()).isEqualTo(LifecycleState.STARTING);
	}

	@Test
	void readinessThatComesAfterTheStopDoesNotCount() {
		this.lifecycle.stop();
		this.lifecycle.advanceTo(LifecycleState.READY);
		assertThat(this.lifecycle.state()).isEqualTo(LifecycleState.CLOSING);
		assertThat(this.lifecycle.hasBeenReady()).isFalse();
	}

	@Test
	void anApplicationThatWasReadyQuiescesAndHasBeenReadyToItsEnd() {
		this.lifecycle.advanceTo(LifecycleState.READY);
		this.lifecycle.stop();
		assertThat(this.lifecycle.state()).isEqualTo(LifecycleState.QUIESCING);
		this.lifecycle.advanceTo(LifecycleState.TERMINATED);
		assertThat(this.lifecycle.hasBeenReady()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "WAITING", "REFRESHING" })
	void anApplicationThatHasNotStartedCloses(LifecycleState state) {
		this.lifecycle.advanceTo(state);
		this.lifecycle.stop();
		assertThat(this.lifecycle.state()).isEqualTo(LifecycleState.CLOSING);
	}

	@Test
	void anApplicationWhoseRunnersAreRunningQuiescesAndHasNeverBeenReady() {
		this.lifecycle.advanceTo(LifecycleState.STARTING);
		this.lifecycle.stop();
		this.lifecycle.advanceTo(LifecycleState.READY);
		assertThat(this.lifecycle.state()).isEqualTo(LifecycleState.QUIESCING);
		assertThat(this.lifecycle.hasBeenReady()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "WAITING", "REFRESHING", "STARTING", "READY" })
	void aShutdownThatHasBegunGoesOn(LifecycleState state) {
		this.lifecycle.advanceTo(state);
		this.lifecycle.stop();
		assertThat(this.lifecycle.state()).isEqualTo(state);
		assertThat(state.isShuttingDown()).isTrue();
	}

}
