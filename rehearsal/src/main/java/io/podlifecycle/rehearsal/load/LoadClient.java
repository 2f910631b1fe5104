package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import io.podlifecycle.rehearsal.time.Stopwatch;

/**
 * One client: a request, its answer, and again when the next one is due, until it is told
 * to stop.
 */
record LoadClient(ClientPlan plan, RequestSchedule schedule, Duration timeout, LoadRecorder recorder, StopSignal stop,
		ScheduledExecutorService timer) implements Runnable {

	@Override
	public void run() {
		try (Requester requester = this.plan.requester(this.timeout, this.recorder)) {
			Optional<Stopwatch> due = this.schedule.awaitNext(this.stop);
			while (due.isPresent()) {
				exchange(requester, due.get());
				due = this.schedule.awaitNext(this.stop);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.recorder.clientEnded();
		}
	}

	private void exchange(Requester requester, Stopwatch sinceDue) {
		// The socket's timeout begins anew with each byte: the whole answer needs its
		// own.
		AtomicBoolean late = new AtomicBoolean();
		ScheduledFuture<?> cancellation = this.timer.schedule(() -> {
			late.set(true);
			requester.cancel();
		}, this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		try {
			int status = requester.request();
			record(status, sinceDue.elapsed().toNanos(), requester.requestsBefore());
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
			this.recorder.succeeded(this.plan.name(), nanos);
		}
		else {
			this.recorder.refusedWithStatus(this.plan.name(), status, nanos, requestsBefore);
		}
	}

}
