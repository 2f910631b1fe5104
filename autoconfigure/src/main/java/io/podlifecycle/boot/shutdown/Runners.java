package io.podlifecycle.boot.shutdown;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.shutdown.StopTimeouts;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.Work;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;

/**
 * The runners of an application, one piece of work from its start until it is ready. What
 * the drain has given up is interrupted, and stays in flight: it is cut off, even if it
 * reacts. Safe for use by several threads.
 */
final class Runners implements ShutdownListener {

	private volatile @Nullable Run running;

	/**
	 * The runners are about to be called, on this thread.
	 * @param inFlight counts the work
	 */
	void begin(InFlight inFlight) {
		this.running = inFlight.begin(new Run());
	}

	/**
	 * The application is ready, or its start has failed.
	 */
	void end() {
		Run run = this.running;
		if (run != null) {
			this.running = null;
			run.end();
		}
	}

	/**
	 * The context closes. A runner that closes it, or exits the JVM, waits for that.
	 * @param stopped whether the application was stopped from outside
	 */
	void closing(boolean stopped) {
		Run run = this.running;
		if (run != null && (!stopped || run.waitsForClose())) {
			end();
		}
	}

	@Override
	public void drained(ShutdownReport report) {
		Run run = this.running;
		if (run != null) {
			run.interrupt();
		}
	}

	private static final class Run extends Work {

		private final Thread thread = Thread.currentThread();

		private final CountDownLatch over = new CountDownLatch(1);

		private volatile @Nullable String interrupted;

		void end() {
			if (this.interrupted == null) {
				close();
			}
			leaveThread();
			this.over.countDown();
		}

		boolean waitsForClose() {
			return this.thread == Thread.currentThread() || Stream.of(this.thread.getStackTrace())
				.anyMatch((frame) -> frame.getClassName().equals(Runtime.class.getName()));
		}

		/** Returns when it has reacted, or did not for a while. */
		void interrupt() {
			this.interrupted = describe();
			this.thread.interrupt();
			try {
				this.over.await(StopTimeouts.AFTER_DRAIN.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		protected String describe() {
			String before = this.interrupted;
			return (before != null) ? before : running();
		}

		/** What Boot calls is just above Boot on the stack, but for frames of lambdas. */
		private String running() {
			StackTraceElement[] stack = this.thread.getStackTrace();
			for (int i = 1; i < stack.length; i++) {
				if (stack[i].getClassName().equals(SpringApplication.class.getName())) {
					StackTraceElement called = stack[i - 1];
					for (int j = i - 1; j >= 0 && called.getClassName().contains("$$Lambda"); j--) {
						called = stack[j];
					}
					return "runner " + called.getClassName() + "." + called.getMethodName();
				}
			}
			return "runners";
		}

	}

}
