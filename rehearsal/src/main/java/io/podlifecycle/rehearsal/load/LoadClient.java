package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.rehearsal.load.Failure.Kind;

/**
 * One client: a request, its answer, a pause, and again, until it is told to stop.
 */
final class LoadClient implements Runnable {

	private final ClientPlan plan;

	private final URI target;

	private final Duration timeout;

	private final LoadRecorder recorder;

	private final StopSignal stop;

	private final ScheduledExecutorService timer;

	LoadClient(ClientPlan plan, URI target, Duration timeout, LoadRecorder recorder, StopSignal stop,
			ScheduledExecutorService timer) {
		this.plan = plan;
		this.target = target;
		this.timeout = timeout;
		this.recorder = recorder;
		this.stop = stop;
		this.timer = timer;
	}

	@Override
	public void run() {
		try (Requester requester = this.plan.requester(this.target, this.timeout, this.recorder)) {
			boolean goOn = this.stop.pause(this.plan.firstPause());
			while (goOn) {
				exchange(requester);
				goOn = this.stop.pause(this.plan.pause());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.recorder.clientEnded();
		}
	}

	private void exchange(Requester requester) {
		// The socket's timeout begins anew with each byte: the whole answer needs its
		// own.
		AtomicBoolean late = new AtomicBoolean();
		ScheduledFuture<?> cancellation = this.timer.schedule(() -> {
			late.set(true);
			requester.cancel();
		}, this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		long start = System.nanoTime();
		try {
			int status = requester.request();
			record(status, System.nanoTime() - start, requester.requestsBefore());
		}
		catch (IOException | RuntimeException ex) {
			Kind kind = late.get() ? Kind.TIMEOUT : Failures.kindOf(ex);
			this.recorder.failed(this.plan.name(), kind, Failures.detailOf(ex), requester.requestsBefore());
		}
		finally {
			cancellation.cancel(false);
		}
	}

	private void record(int status, long nanos, int requestsBefore) {
		if (status >= 200 && status < 300) {
			this.recorder.succeeded(nanos);
		}
		else {
			this.recorder.refusedWithStatus(this.plan.name(), status, nanos, requestsBefore);
		}
	}

}
