package io.podlifecycle.drain;

import io.podlifecycle.drain.InFlight.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InFlightTests {

	private final InFlight inFlight = new InFlight();

	@Test
	void countsWhatIsNotCompleted() {
		Work first = this.inFlight.begin();
		Work second = this.inFlight.begin();
		assertThat(this.inFlight.count()).isEqualTo(2);
		first.close();
		assertThat(this.inFlight.count()).isEqualTo(1);
		second.close();
		assertThat(this.inFlight.count()).isZero();
	}

	@Test
	void completingTwiceCountsOnce() {
		Work first = this.inFlight.begin();
		Work second = this.inFlight.begin();
		first.close();
		first.close();
		assertThat(this.inFlight.count()).isEqualTo(1);
		second.close();
	}

}
