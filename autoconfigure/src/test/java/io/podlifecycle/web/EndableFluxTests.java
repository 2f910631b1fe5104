package io.podlifecycle.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class EndableFluxTests {

	private final List<Object> seen = new CopyOnWriteArrayList<>();

	@Test
	void goesOnAsLongAsItsSource() {
		subscribe(new EndableFlux<>(Flux.just(1, 2)));
		subscribe(new EndableFlux<>(Flux.error(new IllegalStateException("broken"))));
		assertThat(this.seen).containsExactly(1, 2, "complete", "broken");
	}

	@Test
	void endsBetweenTwoElementsAndCancelsItsSource() {
		Sinks.Many<Integer> sink = Sinks.many().unicast().onBackpressureBuffer();
		AtomicBoolean cancelled = new AtomicBoolean();
		EndableFlux<Integer> elements = new EndableFlux<>(sink.asFlux().doOnCancel(() -> cancelled.set(true)));
		subscribe(elements);
		sink.tryEmitNext(1);
		elements.end();
		elements.end();
		sink.tryEmitNext(2);
		assertThat(this.seen).containsExactly(1, "complete");
		assertThat(cancelled).isTrue();
	}

	@Test
	void endedBeforeItIsSubscribedToIsEmpty() {
		EndableFlux<Object> elements = new EndableFlux<>(Flux.never());
		elements.end();
		subscribe(elements);
		assertThat(this.seen).containsExactly("complete");
	}

	@Test
	void endedByItsOwnElementHandsThatOnFirst() {
		Sinks.Many<Integer> sink = Sinks.many().unicast().onBackpressureBuffer();
		EndableFlux<Integer> elements = new EndableFlux<>(sink.asFlux());
		subscribe(elements.doOnNext((element) -> elements.end()));
		sink.tryEmitNext(1);
		assertThat(this.seen).containsExactly(1, "complete");
	}

	@Test
	void theThreadOfAnElementIsNotInterruptedByTheEnd() throws InterruptedException {
		assertThat(isInterrupted((ticks) -> {
			EndableFlux<Long> elements = new EndableFlux<>(ticks);
			return new Endable(elements, elements::end);
		})).isFalse();
		assertThat(this.seen).containsExactly(0L, "complete");
	}

	@Test
	void otherwiseItWouldBe() throws InterruptedException {
		assertThat(isInterrupted((ticks) -> {
			Sinks.Empty<Void> end = Sinks.empty();
			return new Endable(ticks.takeUntilOther(end.asMono()), end::tryEmitEmpty);
		})).isTrue();
	}

	/** Whether the end interrupts the first element, while that is being handed on. */
	private boolean isInterrupted(Function<Flux<Long>, Endable> stream) throws InterruptedException {
		CountDownLatch here = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		Endable endable = stream.apply(Flux.interval(Duration.ofMillis(1)).onBackpressureDrop());
		subscribe(endable.elements().doOnNext((element) -> {
			here.countDown();
			try {
				ended.await();
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
			}
			interrupted.compareAndSet(false, Thread.currentThread().isInterrupted());
			over.countDown();
		}));
		assertThat(here.await(60, TimeUnit.SECONDS)).isTrue();
		endable.end().run();
		ended.countDown();
		assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
		await().until(() -> this.seen.contains("complete"));
		return interrupted.get();
	}

	private void subscribe(Flux<?> elements) {
		elements.subscribe(this.seen::add, (failure) -> this.seen.add(String.valueOf(failure.getMessage())),
				() -> this.seen.add("complete"));
	}

	/**
	 * A stream and what ends it.
	 *
	 * @param elements the stream
	 * @param end what ends it
	 */
	private record Endable(Flux<?> elements, Runnable end) {
	}

}
