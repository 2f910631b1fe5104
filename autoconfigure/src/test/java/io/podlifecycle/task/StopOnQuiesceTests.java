package io.podlifecycle.task;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.task.PeriodicPolls.AnnotatedPoll;
import io.podlifecycle.task.PeriodicPolls.Beans;
import io.podlifecycle.task.PeriodicPolls.Kind;
import io.podlifecycle.task.PeriodicPolls.Poll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.scheduling.annotation.Scheduled;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes seconds, since real schedulers have to show that nothing begins.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StopOnQuiesceTests {

	private final PeriodicPolls polls = new PeriodicPolls();

	@ParameterizedTest
	@ValueSource(classes = { InboundPoll.class, ReactiveInboundPoll.class })
	void anAnnotatedTaskStopsOnQuiesceAndOthersDoNot(Class<?> inboundPoll) throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Beans.class,
				AnnotatedPoll.class, Claims.class, inboundPoll)) {
			assertOnlyInboundPollStops(context, this.polls.tasks(context));
		}
	}

	@Test
	void aBeanThatIsNamedStopsOnQuiesceAndOthersDoNot() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Beans.class,
				AnnotatedPoll.class, Claims.class)) {
			context.registerBean("namedInboundPoll", NamedInboundPoll.class);
			context.getBean("namedInboundPoll");
			assertOnlyInboundPollStops(context, this.polls.tasks(context, "namedInboundPoll"));
		}
	}

	private void assertOnlyInboundPollStops(ConfigurableApplicationContext context, ScheduledTasks tasks)
			throws Exception {
		Poll poll = context.getBean(Poll.class);
		Claims claims = context.getBean(Claims.class);
		poll.goOn();
		await(() -> claims.count.get() > 0);
		tasks.quiesce();
		await(() -> tasks.inFlight() >= 0 && poll.runs.get() > 5);
		int before = claims.count.get();
		int runs = poll.runs.get();
		await(() -> poll.runs.get() > runs + 50);
		assertThat(claims.count).hasValueLessThanOrEqualTo(before + 1);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "ANNOTATED", "ANNOTATED_CRON" })
	void aSchedulerThatIsNamedStopsOnQuiesce(Kind kind) throws Exception {
		try (AnnotationConfigApplicationContext context = this.polls.start(kind)) {
			ScheduledTasks tasks = this.polls.tasks(context, "taskScheduler", "threadPerTask", "pool");
			tasks.quiesce();
			Poll poll = context.getBean(Poll.class);
			PeriodicPolls.awaitEnd(poll, kind, () -> 0);
			assertThat(poll.interrupted).isFalse();
		}
	}

	static class Claims {

		private final AtomicInteger count = new AtomicInteger();

	}

	static class InboundPoll {

		private final Claims claims;

		InboundPoll(Claims claims) {
			this.claims = claims;
		}

		@StopOnQuiesce
		@Scheduled(fixedDelay = 1)
		void claim() {
			this.claims.count.incrementAndGet();
		}

	}

	static class ReactiveInboundPoll {

		private final Claims claims;

		ReactiveInboundPoll(Claims claims) {
			this.claims = claims;
		}

		@StopOnQuiesce
		@Scheduled(fixedDelay = 1)
		Mono<Integer> claim() {
			return Mono.fromSupplier(this.claims.count::incrementAndGet);
		}

	}

	static class NamedInboundPoll {

		private final Claims claims;

		NamedInboundPoll(Claims claims) {
			this.claims = claims;
		}

		@Scheduled(fixedDelay = 1)
		void claim() {
			this.claims.count.incrementAndGet();
		}

	}

}
