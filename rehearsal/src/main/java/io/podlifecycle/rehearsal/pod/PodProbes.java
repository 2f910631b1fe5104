package io.podlifecycle.rehearsal.pod;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The probes of one container. The startup probe holds up the others; the deletion of the
 * pod ends all but the readiness probe. Thread-safe.
 */
final class PodProbes {

	private final String pod;

	private final PodSpec spec;

	private final PodPorts ports;

	private final Listener listener;

	private final List<ProbeLoop> startupAndLiveness = new ArrayList<>();

	private @Nullable ProbeLoop readiness;

	private boolean stopped;

	private boolean terminating;

	private volatile boolean givenUp;

	PodProbes(String pod, PodSpec spec, PodPorts ports, Listener listener) {
		this.pod = pod;
		this.spec = spec;
		this.ports = ports;
		this.listener = listener;
	}

	/**
	 * Finds out whether all ports exist that probes and hooks name.
	 */
	static void check(PodSpec spec, PodPorts ports) {
		spec.startup().ifPresent((probe) -> ports.uri(probe.port(), probe.path()));
		spec.readiness().ifPresent((probe) -> ports.uri(probe.port(), probe.path()));
		spec.liveness().ifPresent((probe) -> ports.uri(probe.port(), probe.path()));
		if (spec.preStop().orElse(null) instanceof PreStop.HttpGet hook) {
			ports.uri(hook.port(), hook.path());
		}
	}

	void start() {
		Probe startup = this.spec.startup().orElse(null);
		if (startup == null) {
			started("no startup probe");
			return;
		}
		synchronized (this) {
			this.startupAndLiveness.add(loop("startup", startup, null, (success, detail) -> {
				if (success) {
					endStartup();
					started(detail);
				}
				else {
					giveUp("startup: " + detail);
				}
			}));
		}
	}

	private synchronized void endStartup() {
		this.startupAndLiveness.forEach(ProbeLoop::stop);
	}

	private void started(String detail) {
		this.listener.started(detail);
		Probe readinessProbe = this.spec.readiness().orElse(null);
		if (readinessProbe == null) {
			this.listener.ready(true, "no readiness probe");
		}
		synchronized (this) {
			if (this.stopped || this.terminating) {
				return;
			}
			if (readinessProbe != null) {
				this.readiness = loop("readiness", readinessProbe, false, this.listener::ready);
			}
			this.spec.liveness()
				.ifPresent((probe) -> this.startupAndLiveness.add(loop("liveness", probe, true, (success, answer) -> {
					if (!success) {
						giveUp("liveness: " + answer);
					}
				})));
		}
	}

	private ProbeLoop loop(String kind, Probe probe, @Nullable Boolean initial, Change change) {
		URI uri = this.ports.uri(probe.port(), probe.path());
		return ProbeLoop.start(kind + "-of-" + this.pod, probe, uri, initial, new ProbeLoop.Listener() {

			@Override
			public void answered(boolean success, boolean refused, String detail) {
				if (!success) {
					PodProbes.this.listener.answered(kind + ", " + detail);
				}
			}

			@Override
			public void changed(boolean success, String detail) {
				change.to(success, detail);
			}

		});
	}

	private void giveUp(String detail) {
		this.givenUp = true;
		this.listener.gaveUp(detail);
	}

	boolean haveGivenUp() {
		return this.givenUp;
	}

	/**
	 * Ends the probes that the kubelet ends when a pod is to end.
	 * @param deleted whether it was deleted; otherwise the kubelet takes it for failed,
	 * asks for its readiness no more, and what it said last stays
	 */
	synchronized void beginTermination(boolean deleted) {
		this.terminating = true;
		this.startupAndLiveness.forEach(ProbeLoop::stop);
		if (!deleted && this.readiness != null) {
			this.readiness.stop();
		}
	}

	synchronized void stop() {
		this.stopped = true;
		this.startupAndLiveness.forEach(ProbeLoop::stop);
		if (this.readiness != null) {
			this.readiness.stop();
		}
	}

	private interface Change {

		void to(boolean success, String detail);

	}

	/**
	 * Is told of what the probes found.
	 */
	interface Listener {

		/**
		 * A probe failed once.
		 * @param detail what it asked and got
		 */
		void answered(String detail);

		void started(String detail);

		void ready(boolean ready, String detail);

		void gaveUp(String detail);

	}

}
