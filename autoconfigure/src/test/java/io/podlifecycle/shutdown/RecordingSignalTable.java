package io.podlifecycle.shutdown;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.podlifecycle.report.Trigger;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table that is not the JVM's: signals are raised by tests, and forwarded to nobody.
 */
final class RecordingSignalTable extends SignalTable {

	final AtomicInteger installed = new AtomicInteger();

	final CountDownLatch forwarded = new CountDownLatch(1);

	@Nullable Consumer<Trigger> handler;

	volatile @Nullable Thread forwarder;

	volatile @Nullable Trigger signal;

	boolean refuses;

	boolean replaced;

	@Override
	synchronized boolean install(Consumer<Trigger> handler) {
		this.installed.incrementAndGet();
		this.handler = this.refuses ? null : handler;
		return !this.refuses;
	}

	@Override
	synchronized boolean isInPlace() {
		return this.handler != null && !this.replaced;
	}

	@Override
	synchronized void restore() {
		this.handler = null;
	}

	@Override
	void forward(Trigger signal) {
		this.forwarder = Thread.currentThread();
		this.signal = signal;
		this.forwarded.countDown();
	}

	void raise(Trigger signal) {
		assertThat(this.handler).isNotNull();
		this.handler.accept(signal);
	}

}
