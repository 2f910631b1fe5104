package io.podlifecycle.dependency;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FirstSuccessTests {

	private final FakeTime time = new FakeTime();

	private final Deadline deadline = Deadline.after(Duration.ofSeconds(6), this.time);

	private final List<Duration> limits = new ArrayList<>();

	@Test
	void theFirstThatDoesEndsIt() throws IOException {
		assertThat(FirstSuccess.first(List.of("a", "b", "c"), this.deadline, this::length)).isEqualTo(1);
		assertThat(this.limits).containsExactly(Duration.ofSeconds(2));
	}

	private int length(String place, Duration timeLimit) {
		this.limits.add(timeLimit);
		return place.length();
	}

	@Test
	void eachHasItsShareOfTheTimeThatIsLeft() {
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> FirstSuccess.first(List.of("a", "b", "c"), this.deadline, this::timeOut))
			.withMessage("a")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(2));
		assertThat(this.limits).containsExactly(Duration.ofSeconds(2), Duration.ofMillis(2500),
				Duration.ofMillis(4000));
	}

	private int timeOut(String place, Duration timeLimit) throws IOException {
		this.limits.add(timeLimit);
		this.time.pass(Duration.ofSeconds(1));
		throw new SocketTimeoutException(place);
	}

	@Test
	void whatTellsMoreThanThatTimeRanOutIsThrown() {
		assertThatExceptionOfType(UnknownHostException.class)
			.isThrownBy(() -> FirstSuccess.first(List.of("a", "b", "c"), this.deadline, (place, limit) -> {
				throw place.equals("b") ? new UnknownHostException(place) : new SocketTimeoutException(place);
			}))
			.withMessage("b")
			.satisfies(
					(ex) -> assertThat(ex.getSuppressed()).extracting(Throwable::getMessage).containsExactly("a", "c"));
	}

	@Test
	void withoutAPlaceThereIsNowhereToGo() {
		assertThatExceptionOfType(UnknownHostException.class)
			.isThrownBy(() -> FirstSuccess.first(List.<String>of(), this.deadline, this::length))
			.withMessage("nowhere to go");
	}

}
