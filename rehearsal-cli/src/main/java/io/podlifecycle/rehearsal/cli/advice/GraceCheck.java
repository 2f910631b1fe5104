package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the pod's grace period against what the application wants to do in it.
 */
final class GraceCheck implements Check {

	/** That of a pod without one, and of an application without one. */
	private static final int DEFAULT_SECONDS = 30;

	/** What the library leaves for the drain before it shrinks its other defaults. */
	private static final Duration LEAST_DRAIN = Duration.ofSeconds(3);

	@Override
	public List<Finding> check(AppContainer app) {
		List<Finding> findings = new ArrayList<>();
		if (!app.leavesInOrder() || !app.isShutdownKnown("grace-period")) {
			return findings;
		}
		Node field = app.workload().podSpec().get("terminationGracePeriodSeconds");
		Duration pod = Duration.ofSeconds(field.number(DEFAULT_SECONDS));
		Duration own = app.shutdown("grace-period", Duration.ofSeconds(DEFAULT_SECONDS));
		if (!pod.equals(own)) {
			String problem = (pod.compareTo(own) < 0)
					? "The pod is killed after " + pod.toSeconds() + " s, and the application assumes "
							+ own.toSeconds() + " s: it can be cut off without a word."
					: "The pod has " + pod.toSeconds() + " s, and the application uses only " + own.toSeconds()
							+ " s of them.";
			findings.add(app.finding(Rule.GRACE_PERIOD, field, problem,
					"set it and pod-lifecycle.shutdown.grace-period to the same number of seconds"));
		}
		else {
			if (app.assumesPreStop()) {
				findings.add(app.finding(Rule.GRACE_PERIOD, field,
						"The application is not told that it has " + pod.toSeconds() + " s: it assumes "
								+ own.toSeconds() + " s, of which a preStop hook takes " + app.preStop().toSeconds()
								+ " s.",
						"set pod-lifecycle.shutdown.grace-period to " + pod.toSeconds()));
			}
			checkBudget(app, field, pod, findings);
		}
		for (String probe : List.of("startupProbe", "livenessProbe")) {
			checkProbe(app, app.node().get(probe).get("terminationGracePeriodSeconds"), own, findings);
		}
		return findings;
	}

	private static void checkBudget(AppContainer app, Node field, Duration pod, List<Finding> findings) {
		Duration preStop = app.preStop();
		Duration reserve = app.shutdown("reserve", Duration.ofSeconds(2));
		Duration propagation = app.shutdown("propagation.max", Duration.ofSeconds(10))
			.minus(app.shutdown("pre-stop-delay", Duration.ZERO));
		propagation = propagation.isNegative() ? Duration.ZERO : propagation;
		Duration drain = app.shutdown("drain-timeout", LEAST_DRAIN);
		Duration close = app.shutdown("close-timeout", Duration.ofSeconds(5));
		Duration sum = preStop.plus(reserve).plus(propagation).plus(drain).plus(close);
		if (sum.compareTo(pod) > 0) {
			String problem = "The graceful shutdown takes up to " + seconds(sum) + " of " + seconds(pod)
					+ ": preStop hook " + seconds(preStop) + ", propagation " + seconds(propagation) + ", drain "
					+ seconds(drain) + ", close " + seconds(close) + ", reserve " + seconds(reserve) + ".";
			long least = sum.plusMillis(999).toSeconds();
			findings.add(app.finding(Rule.BUDGET, field, problem,
					"set it and pod-lifecycle.shutdown.grace-period to " + least + " or more, or lower the parts"));
		}
	}

	private static void checkProbe(AppContainer app, Node field, Duration own, List<Finding> findings) {
		field.number()
			.filter((seconds) -> seconds < own.toSeconds())
			.ifPresent((seconds) -> findings.add(app.finding(Rule.PROBE_GRACE_PERIOD, field,
					"When this probe gives the process up, it is killed after " + seconds
							+ " s, and the application assumes " + own.toSeconds() + " s.",
					"leave it out, or set it to " + own.toSeconds())));
	}

	private static String seconds(Duration duration) {
		return (duration.toMillis() % 1_000 == 0) ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
	}

}
