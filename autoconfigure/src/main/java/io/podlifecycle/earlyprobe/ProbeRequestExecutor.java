package io.podlifecycle.earlyprobe;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.time.DaemonThreads;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for those who ask. The server keeps a thread for each request until it
 * has read all of it, however slowly it comes: when all threads are taken, the request
 * that came first gives way to the new one. So clients that never finish cannot keep the
 * kubelet out, whose request comes in one piece and takes a thread for a moment.
 */
final class ProbeRequestExecutor implements Executor {

	private static final int MAX_THREADS = 32;

	private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, MAX_THREADS, 1, TimeUnit.SECONDS,
			new SynchronousQueue<>(), (task) -> DaemonThreads.create("pod-lifecycle-early-probes", task),
			this::makeRoom);

	@Override
	public void execute(Runnable request) {
		this.threads.execute(new Visit(request));
	}

	/** If that does not help within a second, the new one has to go. */
	private void makeRoom(Runnable visit, ThreadPoolExecutor threads) {
		Visit first = this.visits.poll();
		if (first != null) {
			first.end();
		}
		try {
			if (!threads.isShutdown() && threads.getQueue().offer(visit, 1, TimeUnit.SECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new RejectedExecutionException();
	}

	void shutDown() {
		this.threads.shutdownNow();
	}

	/** A request, from its first byte on. */
	private final class Visit implements Runnable {

		private final Runnable request;

		private @Nullable Thread thread;

		Visit(Runnable request) {
			this.request = request;
		}

		@Override
		public void run() {
			enter(Thread.currentThread());
			ProbeRequestExecutor.this.visits.add(this);
			try {
				this.request.run();
			}
			finally {
				ProbeRequestExecutor.this.visits.remove(this);
				leave();
			}
		}

		private synchronized void enter(Thread thread) {
			this.thread = thread;
		}

		private synchronized void leave() {
			this.thread = null;
			// It was meant for this visit, not for the next one of the thread.
			Thread.interrupted();
		}

		/** An interrupt closes the channel that the thread reads from. */
		synchronized void end() {
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}

	}

}
