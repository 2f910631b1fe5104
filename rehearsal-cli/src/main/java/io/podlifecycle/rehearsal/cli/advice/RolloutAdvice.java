package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;

/**
 * Says which values follow from what was measured in a rehearsal. A rehearsal knows this
 * machine and the load that it was given; what stands for a cluster (how late its
 * endpoints are, how busy its nodes) is in the margins, and is said in the reasons.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class RolloutAdvice {

	private static final String SHUTDOWN = "pod-lifecycle.shutdown.";

	private static final int MARGIN = 2;

	private static final Duration QUIET_PERIOD = Duration.ofSeconds(2);

	private static final Duration LEAST_PROPAGATION = Duration.ofSeconds(10);

	private static final Duration LEAST_DRAIN = Duration.ofSeconds(5);

	private static final Duration CLOSE_AND_RESERVE = Duration.ofSeconds(7);

	private static final Duration LEAST_GRACE = Duration.ofSeconds(30);

	private static final Duration LEAST_START = Duration.ofSeconds(60);

	private static final int PROBE_PERIOD_SECONDS = 2;

	private final Rollout rollout;

	private RolloutAdvice(Rollout rollout) {
		this.rollout = rollout;
	}

	/**
	 * Creates the advice that follows from a rehearsal.
	 * @param rollout what was seen
	 * @return the advice
	 */
	public static RolloutAdvice of(Rollout rollout) {
		return new RolloutAdvice(rollout);
	}

	/**
	 * Returns the values.
	 * @return the values that follow from what was seen; those of the shutdown only if a
	 * pod was deleted
	 */
	public List<Setting> settings() {
		List<Setting> settings = new ArrayList<>();
		this.rollout.longest(Kind.STARTED, Kind.READY).ifPresent((start) -> {
			settings.add(startupProbe(start));
			settings.add(readinessProbe());
		});
		this.rollout.longest(Kind.DELETED, Kind.EXITED).ifPresent((leave) -> {
			Duration propagation = propagation(settings);
			Duration drain = drain(settings);
			settings.add(gracePeriod(propagation, drain, leave));
		});
		return List.copyOf(settings);
	}

	private Setting startupProbe(Duration start) {
		Duration patience = atLeast(LEAST_START, start.multipliedBy(MARGIN));
		long failures = (patience.toSeconds() + PROBE_PERIOD_SECONDS - 1) / PROBE_PERIOD_SECONDS;
		return new Setting("startupProbe",
				"{periodSeconds: " + PROBE_PERIOD_SECONDS + ", failureThreshold: " + failures + "}",
				"The slowest start took " + RolloutText.seconds(start) + ". Twice that, and at least "
						+ LEAST_START.toSeconds() + " s, since nodes are busy when many pods start. Where the "
						+ "application waits for dependencies it has to outlast pod-lifecycle.startup.timeout, too.");
	}

	private Setting readinessProbe() {
		Duration slowest = this.rollout.load().max();
		long timeout = Math.max(1, slowest.multipliedBy(MARGIN).plusMillis(999).toSeconds());
		return new Setting("readinessProbe",
				"{periodSeconds: " + PROBE_PERIOD_SECONDS + ", timeoutSeconds: " + timeout + ", failureThreshold: 3}",
				"The slowest answer under load took " + RolloutText.seconds(slowest)
						+ ", and probes are answered by the same server; twice that, and at least 1 s.");
	}

	private Duration propagation(List<Setting> settings) {
		Duration lag = longestLag();
		Duration value = atLeast(LEAST_PROPAGATION, wholeSeconds(lag.multipliedBy(MARGIN).plus(QUIET_PERIOD)));
		settings.add(new Setting(SHUTDOWN + "propagation.max", value.toSeconds() + "s",
				"New connections went to a deleted pod for up to " + RolloutText.seconds(lag)
						+ " here, as the rehearsal was told (--lag). Twice that and the quiet period of "
						+ QUIET_PERIOD.toSeconds() + " s, at least " + LEAST_PROPAGATION.toSeconds()
						+ " s. Behind a cloud load balancer measure there: it may be a minute."));
		return value;
	}

	private Duration longestLag() {
		return this.rollout.pods()
			.stream()
			.flatMap((pod) -> pod.first(Kind.DELETED).flatMap((deleted) -> lag(pod, deleted)).stream())
			.max(Comparator.naturalOrder())
			.orElse(Duration.ZERO);
	}

	private Optional<Duration> lag(PodLife pod, PodEvent deleted) {
		return this.rollout.endpoints()
			.stream()
			.filter((change) -> change.at().compareTo(deleted.at()) >= 0 && !change.pods().contains(pod.name()))
			.findFirst()
			.map((change) -> change.at().minus(deleted.at()));
	}

	private Duration drain(List<Setting> settings) {
		Duration slowest = this.rollout.load().max();
		Duration value = atLeast(LEAST_DRAIN, wholeSeconds(slowest.multipliedBy(MARGIN)));
		settings.add(new Setting(SHUTDOWN + "drain-timeout", value.toSeconds() + "s",
				"The slowest answer took " + RolloutText.seconds(slowest)
						+ ": a request that is in flight when the drain "
						+ "begins needs that long. Twice that, at least " + LEAST_DRAIN.toSeconds()
						+ " s; more if your longest requests were not among those of the rehearsal."));
		return value;
	}

	private Setting gracePeriod(Duration propagation, Duration drain, Duration leave) {
		boolean killed = this.rollout.pods().stream().anyMatch((pod) -> pod.first(Kind.SIGKILL).isPresent());
		Duration parts = propagation.plus(drain).plus(CLOSE_AND_RESERVE).plus(longestHook());
		Duration value = wholeFives(
				Stream.of(parts, killed ? leave.multipliedBy(MARGIN) : leave.plus(leave.dividedBy(2)), LEAST_GRACE)
					.max(Comparator.naturalOrder())
					.orElse(parts));
		String reason = "propagation.max " + propagation.toSeconds() + " s, drain-timeout " + drain.toSeconds()
				+ " s, 5 s to close and 2 s of reserve" + hookText() + "; the slowest leave took "
				+ RolloutText.seconds(leave)
				+ (killed ? ", and ended with SIGKILL: what hangs there? The value is a guess." : ".")
				+ " The same number belongs into the pod's terminationGracePeriodSeconds.";
		return new Setting(SHUTDOWN + "grace-period", value.toSeconds() + "s", reason);
	}

	private Duration longestHook() {
		return this.rollout.longest(Kind.PRE_STOP_STARTED, Kind.PRE_STOP_ENDED).orElse(Duration.ZERO);
	}

	private String hookText() {
		Duration hook = longestHook();
		return hook.isZero() ? "" : ", and " + RolloutText.seconds(hook) + " for the preStop hook";
	}

	private static Duration atLeast(Duration least, Duration value) {
		return (value.compareTo(least) > 0) ? value : least;
	}

	private static Duration wholeSeconds(Duration duration) {
		return Duration.ofSeconds(duration.plusMillis(999).toSeconds());
	}

	private static Duration wholeFives(Duration duration) {
		return Duration.ofSeconds((wholeSeconds(duration).toSeconds() + 4) / 5 * 5);
	}

}
