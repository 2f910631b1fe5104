package io.podlifecycle.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.PhaseTime;
import io.podlifecycle.shutdown.Participants;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;

/**
 * {@link MeterBinder} that tells what an application does for others, and, when it has
 * drained, how it left: registries are closed with the context, after that.
 *
 * @since 0.1.0
 */
final class ShutdownMetrics implements MeterBinder, ShutdownListener {

	private static final String PREFIX = "pod.lifecycle.";

	private final ObservedWork work;

	private final Participants participants;

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	/**
	 * Create the meters.
	 * @param work what the application does for others
	 * @param participants who counts connections
	 */
	public ShutdownMetrics(ObservedWork work, Participants participants) {
		this.work = work;
		this.participants = participants;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		Attempt.run("meter of in-flight work",
				() -> Gauge.builder(PREFIX + "in.flight", this.work.inFlight(), InFlight::count)
					.description("Work that was accepted and is not completed")
					.register(registry));
		Attempt.run("meter of connections",
				() -> Gauge.builder(PREFIX + "connections", this.participants, Participants::openConnections)
					.description("Connections that clients have open")
					.register(registry));
		Attempt.run("meter of requests",
				() -> FunctionCounter.builder(PREFIX + "requests", this.work.traffic(), Traffic::total)
					.description("Requests that count as traffic")
					.register(registry));
	}

	@Override
	public void drained(ShutdownReport report) {
		this.registries.forEach((registry) -> Attempt.run("meters of the shutdown", () -> record(report, registry)));
	}

	private static void record(ShutdownReport report, MeterRegistry registry) {
		report.phases()
			.stream()
			.filter((phase) -> phase.phase() != report.phase())
			.forEach((phase) -> timer(phase, registry).record(phase.time()));
		registry.counter(PREFIX + "shutdown.peers", "outcome", "sending").increment(report.peers().sending());
		registry.counter(PREFIX + "shutdown.peers", "outcome", "silent")
			.increment((double) report.peers().seen() - report.peers().sending());
		registry.counter(PREFIX + "shutdown.requests", "outcome", "late").increment((double) report.work().arrived());
		registry.counter(PREFIX + "shutdown.requests", "outcome", "cut_off").increment((double) report.givenUp());
	}

	private static Timer timer(PhaseTime phase, MeterRegistry registry) {
		return Timer.builder(PREFIX + "shutdown.phase")
			.description("Time that a phase of the shutdown took")
			.tag("phase", phase.phase().id())
			.register(registry);
	}

}
