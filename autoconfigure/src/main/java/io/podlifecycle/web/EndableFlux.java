package io.podlifecycle.web;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A reactive stream that can be completed from outside, between two of its elements. For
 * one subscriber.
 * <p>
 * Unlike {@link Flux#takeUntilOther(Publisher)} it lets an element that is being handed
 * on go its way first, and then completes on that element's thread: to cancel a timer
 * from another thread interrupts the one that runs, and an interrupt makes the write of
 * that element fail.
 *
 * @param <T> the type of the elements
 * @since 0.1.0
 */
@Internal
public final class EndableFlux<T> extends Flux<T> {

	private final Publisher<? extends T> source;

	private volatile boolean ended;

	private volatile @Nullable Link link;

	/**
	 * Create a stream that goes on as long as the source does.
	 * @param source the source
	 */
	public EndableFlux(Publisher<? extends T> source) {
		this.source = source;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> subscriber) {
		Link link = new Link(subscriber);
		this.link = link;
		this.source.subscribe(link);
	}

	/**
	 * Complete the stream: at once, or after the element that is being handed on. May be
	 * called by any thread, before the stream is subscribed to, and more than once.
	 */
	public void end() {
		this.ended = true;
		Link link = this.link;
		if (link != null) {
			link.closeIfIdle();
		}
	}

	/** Between the source and the subscriber. */
	private final class Link implements CoreSubscriber<T>, Subscription {

		private static final int CLOSED = Integer.MIN_VALUE;

		private final CoreSubscriber<? super T> subscriber;

		/**
		 * How many signals are being handed on; the first is that of the subscription.
		 */
		private final AtomicInteger busy = new AtomicInteger(1);

		private final AtomicBoolean over = new AtomicBoolean();

		private @Nullable Subscription upstream;

		Link(CoreSubscriber<? super T> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void onSubscribe(Subscription upstream) {
			this.upstream = upstream;
			this.subscriber.onSubscribe(this);
			leave();
		}

		@Override
		public void onNext(T element) {
			if (!enter()) {
				Operators.onDiscard(element, currentContext());
				return;
			}
			try {
				this.subscriber.onNext(element);
			}
			finally {
				leave();
			}
		}

		private boolean enter() {
			int now = this.busy.get();
			while (now >= 0 && !this.busy.compareAndSet(now, now + 1)) {
				now = this.busy.get();
			}
			return now >= 0;
		}

		private void leave() {
			this.busy.decrementAndGet();
			if (EndableFlux.this.ended) {
				closeIfIdle();
			}
		}

		/** From here on no element is handed on, so none is interrupted. */
		private void closeIfIdle() {
			if (this.busy.compareAndSet(0, CLOSED) && this.over.compareAndSet(false, true)) {
				cancel();
				this.subscriber.onComplete();
			}
		}

		@Override
		public void onComplete() {
			if (this.over.compareAndSet(false, true)) {
				this.subscriber.onComplete();
			}
		}

		@Override
		public void onError(Throwable failure) {
			if (this.over.compareAndSet(false, true)) {
				this.subscriber.onError(failure);
			}
			else {
				Operators.onErrorDropped(failure, currentContext());
			}
		}

		@Override
		public void request(long count) {
			if (this.upstream != null) {
				this.upstream.request(count);
			}
		}

		@Override
		public void cancel() {
			if (this.upstream != null) {
				this.upstream.cancel();
			}
		}

		@Override
		public Context currentContext() {
			return this.subscriber.currentContext();
		}

	}

}
