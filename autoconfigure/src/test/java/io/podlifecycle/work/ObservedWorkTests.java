package io.podlifecycle.work;

import java.time.Duration;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedWorkTests {

	private final FakeTime time = new FakeTime();

	private final ObservedWork work = new ObservedWork(new InFlight(this.time), new Traffic(this.time));

	@Test
	void aRequestIsInFlightAndTraffic() {
		this.time.pass(Duration.ofSeconds(3));
		Request request = this.work.arrived(new Request(), true, "10.0.0.1");
		this.time.pass(Duration.ofSeconds(1));
		assertThat(this.work.inFlight().oldest(1)).extracting(WorkSnapshot::age).containsExactly(Duration.ofSeconds(1));
		assertThat(this.work.traffic().total()).isEqualTo(1);
		assertThat(this.work.traffic().peers().watch(Stream.empty(), this.time).size()).isOne();
		request.close();
		assertThat(this.work.inFlight().count()).isZero();
	}

	@Test
	void aHealthCheckIsInFlightOnly() {
		this.time.pass(Duration.ofSeconds(3));
		this.work.arrived(new Request(), false, "10.0.0.1");
		assertThat(this.work.inFlight().count()).isEqualTo(1);
		assertThat(this.work.traffic().total()).isZero();
		assertThat(this.work.traffic().peers().watch(Stream.empty(), this.time).isHealthChecksOnly()).isTrue();
	}

	private static final class Request extends Work {

		@Override
		protected String describe() {
			return "request";
		}

	}

}
