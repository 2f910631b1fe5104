package io.podlifecycle.rehearsal.node;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.HttpProbe;

/**
 * Asks one pod whether it is ready, as the kubelet does: one success makes it ready, a
 * number of failures in a row makes it not ready. Once removed it is not ready for good;
 * it is still asked, until nobody listens any more.
 */
final class ReadinessPoller implements Runnable {

	private final URI readiness;

	private final HttpProbe probe;

	private final Duration period;

	private final int failureThreshold;

	private final Runnable onChange;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private int failuresInARow;

	private volatile boolean ready;

	private volatile boolean removed;

	ReadinessPoller(URI readiness, HttpProbe probe, Duration period, int failureThreshold, Runnable onChange) {
		this.readiness = readiness;
		this.probe = probe;
		this.period = period;
		this.failureThreshold = failureThreshold;
		this.onChange = onChange;
	}

	boolean isReady() {
		return this.ready && !this.removed;
	}

	void remove() {
		this.removed = true;
		this.onChange.run();
	}

	void stop() {
		this.stopped.countDown();
	}

	@Override
	public void run() {
		try {
			long next = System.nanoTime();
			do {
				ask();
				next += this.period.toNanos();
			}
			while (!this.stopped.await(next - System.nanoTime(), TimeUnit.NANOSECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void ask() {
		boolean success = false;
		try {
			int status = this.probe.get(this.readiness).status();
			success = status >= 200 && status < 400;
		}
		catch (ConnectException ex) {
			if (this.removed) {
				stop();
			}
		}
		catch (IOException ex) {
			// No answer is a failure, whatever the reason.
			success = false;
		}
		count(success);
	}

	private void count(boolean success) {
		this.failuresInARow = success ? 0 : this.failuresInARow + 1;
		boolean now = success || (this.ready && this.failuresInARow < this.failureThreshold);
		if (now != this.ready) {
			this.ready = now;
			this.onChange.run();
		}
	}

}
