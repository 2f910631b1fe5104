package io.podlifecycle.rehearsal.cli;

import java.io.PrintWriter;
import java.time.Duration;

import io.podlifecycle.rehearsal.Progress;
import io.podlifecycle.rehearsal.RehearsalListener;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.RolloutText;

/**
 * Shows how a rehearsal goes on: a line for each event, and a line of its state, which is
 * written over on a terminal, and written anew every 5 s elsewhere. Thread-safe.
 */
final class ProgressDisplay implements RehearsalListener {

	private static final Duration EVERY = Duration.ofSeconds(5);

	private static final String TO_LINE_START_AND_CLEAR = "\r\u001b[2K";

	private final PrintWriter out;

	private final boolean terminal;

	private String state = "";

	private Duration next = EVERY;

	ProgressDisplay(PrintWriter out, boolean terminal) {
		this.out = out;
		this.terminal = terminal;
	}

	@Override
	public void podEvent(String pod, PodEvent event) {
		line(event.at(), pod + "  " + event.kind() + (event.detail().isEmpty() ? "" : "  " + event.detail()));
	}

	@Override
	public void endpointsChanged(EndpointChange change) {
		line(change.at(), "new connections go to " + (change.pods().isEmpty() ? "nobody" : change.pods()));
	}

	private synchronized void line(Duration at, String text) {
		clear();
		this.out.printf("%8s  %s%n", RolloutText.seconds(at), text);
		show();
	}

	@Override
	public synchronized void progress(Progress progress) {
		String text = String.format("%8s  %s: %d of %d pods ready, %d requests, %d failed",
				RolloutText.seconds(progress.at()), progress.step(), progress.ready(), progress.pods(),
				progress.requests(), progress.failed());
		if (this.terminal) {
			clear();
			this.state = text;
			show();
		}
		else if (progress.at().compareTo(this.next) >= 0) {
			this.out.println(text);
			this.next = progress.at().plus(EVERY);
		}
	}

	/**
	 * Takes the line of the state away.
	 */
	synchronized void end() {
		clear();
		this.state = "";
		this.out.flush();
	}

	private void clear() {
		if (this.terminal && !this.state.isEmpty()) {
			this.out.print(TO_LINE_START_AND_CLEAR);
		}
	}

	private void show() {
		if (this.terminal) {
			this.out.print(this.state);
			this.out.flush();
		}
	}

}
