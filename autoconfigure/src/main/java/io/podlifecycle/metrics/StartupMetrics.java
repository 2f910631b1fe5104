package io.podlifecycle.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.earlyprobe.EarlyProbeServers;
import org.jspecify.annotations.Nullable;

/**
 * {@link MeterBinder} that tells how long the application took to be ready, and whom it
 * turned away before its web server was there.
 *
 * @since 0.1.0
 */
final class StartupMetrics implements MeterBinder {

	private static final String READY_TIME = "pod.lifecycle.ready.time";

	private static final String REQUESTS = "pod.lifecycle.startup.requests";

	private final Supplier<Optional<Duration>> readyTime;

	private final @Nullable EarlyProbeServers earlyProbeServers;

	/**
	 * Create the meters.
	 * @param readyTime how long it took, once it is ready
	 * @param earlyProbeServers what answered before the web server, if anything did
	 */
	public StartupMetrics(Supplier<Optional<Duration>> readyTime, @Nullable EarlyProbeServers earlyProbeServers) {
		this.readyTime = readyTime;
		this.earlyProbeServers = earlyProbeServers;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Attempt.run("meter " + READY_TIME,
				() -> TimeGauge.builder(READY_TIME, this::readyMillis, TimeUnit.MILLISECONDS)
					.description("Time from the start of the JVM until the application was ready for the first time")
					.register(registry));
		if (this.earlyProbeServers != null) {
			Attempt.run("meter " + REQUESTS,
					() -> FunctionCounter.builder(REQUESTS, this.earlyProbeServers, EarlyProbeServers::refused)
						.description("Requests, other than probes, that came before the web server was there")
						.tag("outcome", "refused")
						.register(registry));
		}
	}

	private Number readyMillis() {
		return this.readyTime.get().map((time) -> (double) time.toMillis()).orElse(Double.NaN);
	}

}
