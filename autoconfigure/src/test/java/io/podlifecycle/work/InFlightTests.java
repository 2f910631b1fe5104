package io.podlifecycle.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InFlightTests {

	private final FakeTime time = new FakeTime();

	private final InFlight inFlight = new InFlight(this.time);

	@Test
	void countsWhatIsNotCompleted() {
		Work first = this.inFlight.begin("work");
		Work second = this.inFlight.begin("work");
		assertThat(this.inFlight.count()).isEqualTo(2);
		first.close();
		assertThat(this.inFlight.count()).isEqualTo(1);
		second.close();
		assertThat(this.inFlight.count()).isZero();
	}

	@Test
	void completingTwiceCountsOnce() {
		Work first = this.inFlight.begin("work");
		Work second = this.inFlight.begin("work");
		first.close();
		first.close();
		assertThat(this.inFlight.count()).isEqualTo(1);
		second.close();
	}

	@Test
	void namesTheOldestFirstWithAgeAndStack() {
		Work old = this.inFlight.begin("import");
		this.time.pass(Duration.ofSeconds(3));
		Work young = this.inFlight.begin("export");
		List<WorkSnapshot> oldest = this.inFlight.oldest(10);
		assertThat(oldest).extracting(WorkSnapshot::description).containsExactly("import", "export");
		assertThat(oldest).extracting(WorkSnapshot::age).containsExactly(Duration.ofSeconds(3), Duration.ZERO);
		assertThat(oldest.get(0).stack()).isNotEmpty();
		old.close();
		assertThat(this.inFlight.oldest(10)).extracting(WorkSnapshot::description).containsExactly("export");
		young.close();
		assertThat(this.inFlight.oldest(10)).isEmpty();
	}

	@Test
	void listsTheWorkOfOneTypeAsLongAsItIsInFlight() {
		this.inFlight.begin("other");
		Request request = this.inFlight.begin(new Request());
		assertThat(this.inFlight.listed(Request.class)).containsExactly(request);
		assertThat(request.isListed()).isTrue();
		request.close();
		assertThat(this.inFlight.listed(Request.class)).isEmpty();
		assertThat(request.isListed()).isFalse();
	}

	@Test
	void whatFindsNoPlaceInTheListKnowsIt() {
		List<Request> requests = Stream.generate(() -> this.inFlight.begin(new Request())).limit(10_000).toList();
		assertThat(this.inFlight.listed(Request.class)).hasSizeLessThan(requests.size())
			.containsExactlyInAnyOrderElementsOf(requests.stream().filter(Work::isListed).toList());
	}

	@Test
	void countsMoreThanItCanName() {
		List<Work> works = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			works.add(this.inFlight.begin("work"));
		}
		assertThat(this.inFlight.count()).isEqualTo(10_000);
		assertThat(this.inFlight.oldest(20)).hasSize(Math.min(20, this.inFlight.oldest(10_000).size()));
		works.forEach(Work::close);
		assertThat(this.inFlight.count()).isZero();
		assertThat(this.inFlight.oldest(1)).isEmpty();
	}

	@Test
	void aDescriptionThatFailsIsNoFailureOfTheReport() {
		Work work = this.inFlight.begin(new Work() {

			@Override
			protected String describe() {
				throw new IllegalStateException("recycled");
			}

		});
		assertThat(this.inFlight.oldest(1)).extracting(WorkSnapshot::description).containsExactly("just completed");
		work.close();
	}

	@Test
	void namesNoMoreThanAskedFor() {
		try (Work one = this.inFlight.begin("one"); Work two = this.inFlight.begin("two")) {
			assertThat(this.inFlight.oldest(1)).hasSize(1);
			assertThat(this.inFlight.oldest(0)).isEmpty();
			assertThat(one).isNotSameAs(two);
		}
	}

	@Test
	void ofAStackTheTopIsKept() {
		try (Work work = this.inFlight.begin("work")) {
			assertThat(work).isNotNull();
			assertThat(this.inFlight.oldest(1).get(0).stack()).hasSize(8)
				.anyMatch((frame) -> frame.contains("Work.stack"));
		}
	}

	@Test
	void workThatHasLeftItsThreadHasNoStack() {
		try (Leaving work = this.inFlight.begin(new Leaving())) {
			assertThat(this.inFlight.oldest(1).get(0).stack()).isNotEmpty();
			work.leaveThread();
			assertThat(this.inFlight.oldest(1).get(0).stack()).isEmpty();
		}
	}

	@Test
	void workThatNeverBeganCanBeClosed() {
		new Leaving().close();
		assertThat(this.inFlight.count()).isZero();
	}

	@Test
	void aPlaceThatWasLeftIsTakenAgain() {
		for (int i = 0; i < 100; i++) {
			try (Work work = this.inFlight.begin("work " + i)) {
				assertThat(work).isNotNull();
				assertThat(this.inFlight.oldest(2)).extracting(WorkSnapshot::description).containsExactly("work " + i);
			}
		}
	}

	@Test
	void whatFindsNoPlaceTakesThatOfNobody() {
		WorkTable table = new WorkTable();
		for (int i = 0; i < 8; i++) {
			assertThat(table.add(new Leaving())).isNotEqualTo(WorkTable.NONE);
		}
		assertThat(table.add(new Leaving())).isEqualTo(WorkTable.NONE);
		table.remove(WorkTable.NONE);
		assertThat(table.stream()).hasSize(8);
	}

	@Test
	void oneThreadCanNameSeveralOfItsPieces() {
		List<Work> works = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			works.add(this.inFlight.begin("work"));
		}
		assertThat(this.inFlight.oldest(20)).hasSize(8);
		works.add(this.inFlight.begin("one too many"));
		assertThat(this.inFlight.oldest(20)).hasSize(8);
		works.forEach(Work::close);
		assertThat(this.inFlight.oldest(20)).isEmpty();
	}

	private static final class Leaving extends Work {

		@Override
		protected String describe() {
			return "leaving";
		}

	}

	private static final class Request extends Work {

		@Override
		protected String describe() {
			return "request";
		}

	}

}
