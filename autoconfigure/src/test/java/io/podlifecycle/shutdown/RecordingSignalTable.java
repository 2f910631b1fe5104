package io.podlifecycle.shutdown;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table that is not the JVM's: signals are raised by tests, and forwarded to nobody.
 */
final class RecordingSignalTable implements SignalTable {

	final AtomicInteger installed = new AtomicInteger();

	final CountDownLatch forwarded = new CountDownLatch(1);

	@Nullable Consumer<StopSignal> handler;

	volatile @Nullable Thread forwarder;

	volatile @Nullable StopSignal signal;

	boolean refuses;

	boolean replaced;

	@Override
	public boolean install(Consumer<StopSignal> handler) {
		this.installed.incrementAndGet();
		this.handler = this.refuses ? null : handler;
		return !this.refuses;
	}

	@Override
	public boolean isInPlace() {
		return this.handler != null && !this.replaced;
	}

	@Override
	public void restore() {
		this.handler = null;
	}

	@Override
	public void forward(StopSignal signal) {
		this.forwarder = Thread.currentThread();
		this.signal = signal;
		this.forwarded.countDown();
	}

	void raise(StopSignal signal) {
		assertThat(this.handler).isNotNull();
		this.handler.accept(signal);
	}

}
