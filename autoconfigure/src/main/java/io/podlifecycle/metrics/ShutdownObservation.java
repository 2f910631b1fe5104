package io.podlifecycle.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.shutdown.ShutdownListener;

/**
 * Observes a shutdown from its first moment to the end of its drain: a span where there
 * is tracing, a timer and one of what goes on where there are meters. Exporters are
 * closed with the context, after that.
 *
 * @since 0.1.0
 */
final class ShutdownObservation implements ShutdownListener {

	private static final String NAME = "pod.lifecycle.shutdown";

	private final ObservationRegistry registry;

	private Observation observation = Observation.NOOP;

	/**
	 * Create the observation; it begins with the shutdown.
	 * @param registry where it is told
	 */
	public ShutdownObservation(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void quiescing(ShutdownReport report) {
		this.observation = Observation.createNotStarted(NAME, this.registry)
			.contextualName("pod shutdown")
			.lowCardinalityKeyValue("trigger", report.trigger().id())
			.start();
	}

	@Override
	public void draining(ShutdownReport report) {
		this.observation.lowCardinalityKeyValue("propagation", report.propagation().id())
			.event(Observation.Event.of("draining"));
	}

	@Override
	public void drained(ShutdownReport report) {
		this.observation.highCardinalityKeyValue("arrived", String.valueOf(report.work().arrived()))
			.highCardinalityKeyValue("peers", String.valueOf(report.peers().seen()))
			.highCardinalityKeyValue("peers_sending", String.valueOf(report.peers().sending()))
			.highCardinalityKeyValue("cut_off", String.valueOf(report.givenUp()))
			.stop();
	}

}
