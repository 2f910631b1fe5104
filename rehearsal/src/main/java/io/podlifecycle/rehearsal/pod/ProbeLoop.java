package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.HttpProbe;
import io.podlifecycle.rehearsal.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Asks a pod as the kubelet does, and tells when as many answers in a row as the
 * threshold have changed the result. Thread-safe. Its thread is a daemon.
 *
 * @since 0.1.0
 */
final class ProbeLoop {

	private final Probe probe;

	private final URI uri;

	private final HttpProbe http;

	private final Listener listener;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private @Nullable Boolean result;

	private boolean lastSuccess;

	private int inARow;

	private ProbeLoop(Probe probe, URI uri, @Nullable Boolean initial, Listener listener) {
		this.probe = probe;
		this.uri = uri;
		this.http = HttpProbe.of("kube-probe/1.33", probe.timeout());
		this.result = initial;
		this.listener = listener;
	}

	/**
	 * Starts to ask, in a thread of its own.
	 * @param name the name of the thread
	 * @param probe how often to ask, and how many answers count
	 * @param uri what to ask
	 * @param initial the result before the first answer; {@code null} for neither
	 * @param listener who is told
	 * @return the loop; the caller stops it
	 */
	static ProbeLoop start(String name, Probe probe, URI uri, @Nullable Boolean initial, Listener listener) {
		ProbeLoop loop = new ProbeLoop(probe, uri, initial, listener);
		Thread thread = new Thread(loop::run, name);
		thread.setDaemon(true);
		thread.start();
		return loop;
	}

	/**
	 * Asks no more. The answer to a question that is on its way is not told.
	 */
	void stop() {
		this.stopped.countDown();
	}

	private void run() {
		try {
			Deadline next = Deadline.in(this.probe.initialDelay());
			while (!this.stopped.await(next.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
				ask();
				next = next.later(this.probe.period());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void ask() {
		boolean success = false;
		boolean refused = false;
		String answer;
		try {
			int status = this.http.get(this.uri).status();
			success = status >= 200 && status < 400;
			answer = "status " + status;
		}
		catch (IOException | RuntimeException ex) {
			refused = ex instanceof ConnectException;
			answer = String.valueOf(ex.getMessage());
		}
		if (this.stopped.getCount() > 0) {
			this.listener.answered(success, refused, "GET " + this.uri + ": " + answer);
			count(success, answer);
		}
	}

	private void count(boolean success, String answer) {
		this.inARow = (success == this.lastSuccess) ? this.inARow + 1 : 1;
		this.lastSuccess = success;
		int threshold = success ? this.probe.successThreshold() : this.probe.failureThreshold();
		if (this.inARow >= threshold && !Boolean.valueOf(success).equals(this.result)) {
			this.result = success;
			this.listener.changed(success, "GET " + this.uri.getPath() + ": " + answer);
		}
	}

	/**
	 * Is told of answers, by the thread of the loop.
	 *
	 * @since 0.1.0
	 */
	interface Listener {

		/**
		 * An answer came, or none in time.
		 * @param success whether it is a success
		 * @param refused whether nobody listens
		 * @param detail what was asked, and what came, for people
		 */
		default void answered(boolean success, boolean refused, String detail) {
		}

		/**
		 * As many answers in a row as the threshold have changed the result.
		 * @param success the result
		 * @param detail the last answer, for people
		 */
		void changed(boolean success, String detail);

	}

}
