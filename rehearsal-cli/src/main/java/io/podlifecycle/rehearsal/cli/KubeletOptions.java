package io.podlifecycle.rehearsal.cli;

import java.time.Duration;

import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.pod.PreStop;
import io.podlifecycle.rehearsal.pod.Probe;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How the kubelet treats a pod.
 */
final class KubeletOptions {

	private static final int STARTUP_FAILURES = 60;

	@Option(names = "--startup", paramLabel = "PATH", description = "Startup probe [none].")
	private @Nullable String startup;

	@Option(names = "--readiness", paramLabel = "PATH", description = "Readiness probe [/actuator/health/readiness].")
	private String readiness = "/actuator/health/readiness";

	@Option(names = "--liveness", paramLabel = "PATH", description = "Liveness probe [none].")
	private @Nullable String liveness;

	@Option(names = "--probe-port", paramLabel = "NAME", description = "Ask the port {port.NAME}.")
	private String port = "";

	@Option(names = "--probe-period", paramLabel = "TIME", description = "From one question to the next [1s].")
	private Duration period = Duration.ofSeconds(1);

	@Option(names = "--probe-timeout", paramLabel = "TIME", description = "How long to wait for an answer [1s].")
	private Duration timeout = Duration.ofSeconds(1);

	@Option(names = "--probe-failures", paramLabel = "NUMBER",
			description = "How many failures in a row count [3]; 60 for the startup probe.")
	private int failures = 3;

	@Option(names = "--pre-stop", paramLabel = "HOOK",
			description = "'sleep 5s', 'get /path' or 'exec COMMAND ARGUMENT…' [none].")
	private @Nullable PreStop preStop;

	@Option(names = "--grace-period", paramLabel = "TIME", description = "From the deletion to SIGKILL [30s].")
	private Duration gracePeriod = Duration.ofSeconds(30);

	PodSpec.Builder describe(PodSpec.Builder pod) {
		return pod.startup(probe(this.startup, STARTUP_FAILURES))
			.readiness(probe(this.readiness, this.failures))
			.liveness(probe(this.liveness, this.failures))
			.preStop(this.preStop)
			.gracePeriod(this.gracePeriod);
	}

	private @Nullable Probe probe(@Nullable String path, int failureThreshold) {
		return (path == null) ? null
				: Probe.httpGet(path)
					.withPort(this.port)
					.withPeriod(this.period)
					.withTimeout(this.timeout)
					.withFailureThreshold(failureThreshold);
	}

}
