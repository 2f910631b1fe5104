package io.podlifecycle.rehearsal.pod;

import java.net.URI;

/**
 * What is known of one pod's readiness. Once removed it is not ready for good; it is
 * still asked, until nobody listens any more. Thread-safe.
 */
final class WatchedPod implements ProbeLoop.Listener {

	private final Runnable onChange;

	private final ProbeLoop loop;

	private volatile boolean ready;

	private volatile boolean removed;

	WatchedPod(String name, Probe probe, URI readiness, Runnable onChange) {
		this.onChange = onChange;
		this.loop = ProbeLoop.start(name, probe, readiness, false, this);
	}

	boolean isReady() {
		return this.ready && !this.removed;
	}

	void remove() {
		this.removed = true;
		this.onChange.run();
	}

	void stop() {
		this.loop.stop();
	}

	@Override
	public void answered(boolean success, boolean refused, String detail) {
		if (refused && this.removed) {
			stop();
		}
	}

	@Override
	public void changed(boolean success, String detail) {
		this.ready = success;
		this.onChange.run();
	}

}
