package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.time.Duration;

/**
 * One client of streams: it follows a stream until that ends, and after a pause the next
 * one, until it is told to stop.
 */
record StreamClient(ClientPlan plan, Duration timeout, LoadRecorder recorder, StopSignal stop) implements Runnable {

	@Override
	public void run() {
		try (EventStream stream = this.plan.stream(this.timeout, this.recorder)) {
			this.stop.onStop(stream::cancel);
			boolean goOn = this.stop.pause(this.plan.firstPause());
			while (goOn) {
				follow(stream);
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

	private void follow(EventStream stream) {
		try {
			stream.follow();
			this.recorder.streamEnded(this.plan.name());
		}
		catch (IOException | RuntimeException ex) {
			if (this.stop.isStopped()) {
				this.recorder.streamEnded(this.plan.name());
			}
			else {
				this.recorder.failed(this.plan.name(), Failures.kindOf(ex), Failures.detailOf(ex), stream.events());
			}
		}
	}

}
