package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.HttpProbe;
import org.jspecify.annotations.Nullable;

/**
 * Asks a pod as the kubelet does, and tells when as many answers in a row as the
 * threshold have changed the result.
 */
final class ProbeLoop implements Runnable {

	private final Probe probe;

	private final URI uri;

	private final HttpProbe http;

	private final Listener listener;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private @Nullable Boolean result;

	private boolean lastSuccess;

	private int run;

	/**
	 * Creates a loop.
	 * @param probe what to ask, and how often
	 * @param uri where
	 * @param initial the result before the first answer; {@code null} for neither
	 * @param listener who is told
	 */
	ProbeLoop(Probe probe, URI uri, @Nullable Boolean initial, Listener listener) {
		this.probe = probe;
		this.uri = uri;
		this.http = HttpProbe.of("kube-probe/1.33", probe.timeout());
		this.result = initial;
		this.listener = listener;
	}

	ProbeLoop start(String name) {
		Thread thread = new Thread(this, name);
		thread.setDaemon(true);
		thread.start();
		return this;
	}

	void stop() {
		this.stopped.countDown();
	}

	@Override
	public void run() {
		try {
			long next = System.nanoTime() + this.probe.initialDelay().toNanos();
			while (!this.stopped.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
				ask();
				next += this.probe.period().toNanos();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void ask() {
		boolean success = false;
		String answer;
		try {
			int status = this.http.get(this.uri).status();
			success = status >= 200 && status < 400;
			answer = "status " + status;
		}
		catch (IOException | RuntimeException ex) {
			answer = String.valueOf(ex.getMessage());
		}
		if (this.stopped.getCount() > 0) {
			this.listener.answered(success, "GET " + this.uri + ": " + answer);
			count(success, answer);
		}
	}

	private void count(boolean success, String answer) {
		this.run = (success == this.lastSuccess) ? this.run + 1 : 1;
		this.lastSuccess = success;
		int threshold = success ? this.probe.successThreshold() : this.probe.failureThreshold();
		if (this.run >= threshold && !Boolean.valueOf(success).equals(this.result)) {
			this.result = success;
			this.listener.changed(success, "GET " + this.probe.path() + ": " + answer);
		}
	}

	/**
	 * Is told of answers, by the thread of the loop.
	 */
	interface Listener {

		void answered(boolean success, String detail);

		void changed(boolean success, String detail);

	}

}
