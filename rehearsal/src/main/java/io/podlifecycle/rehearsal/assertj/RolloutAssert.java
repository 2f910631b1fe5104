package io.podlifecycle.rehearsal.assertj;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a {@link Rollout}. Their messages show the first failed requests with
 * their times and what their connections had carried, the events of the pods, and the
 * last lines that these wrote.
 *
 * @since 0.1.0
 */
public final class RolloutAssert extends AbstractAssert<RolloutAssert, Rollout> {

	private static final int FAILURES = 10;

	private static final int LOG_LINES = 10;

	private RolloutAssert(Rollout actual) {
		super(actual, RolloutAssert.class);
	}

	/**
	 * Begins assertions on a rollout.
	 * @param actual what was seen
	 * @return the assertions
	 */
	public static RolloutAssert assertThat(Rollout actual) {
		return new RolloutAssert(actual);
	}

	/**
	 * Verifies that each request got a 2xx answer, and that there were any.
	 * @return this
	 */
	public RolloutAssert hasNoFailedRequests() {
		isNotNull();
		if (this.actual.load().requests() == 0 || this.actual.load().failed() > 0) {
			failWithMessage("%s", "Expected no failed request in the " + this.actual.scenario() + ", but " + requests()
					+ "\nThe pods:\n" + text().pods(LOG_LINES));
		}
		return this;
	}

	/**
	 * Verifies that requests failed: the control without which the opposite says little.
	 * @return this
	 */
	public RolloutAssert hasFailedRequests() {
		isNotNull();
		if (this.actual.load().failed() == 0) {
			failWithMessage("%s", "Expected failed requests in the " + this.actual.scenario() + ", but " + requests()
					+ "\nThe pods:\n" + text().pods(0));
		}
		return this;
	}

	/**
	 * Verifies that each pod that was deleted came to its end, and that none needed
	 * SIGKILL.
	 * @return this
	 */
	public RolloutAssert endedWithinGracePeriod() {
		return noPod("each deleted pod to end within its grace period", (pod) -> pod.first(Kind.SIGKILL).isPresent()
				|| (wasDeleted(pod) && pod.first(Kind.TERMINATED).isEmpty()));
	}

	/**
	 * Verifies that each pod that was deleted was ended by SIGTERM or by itself with an
	 * exit code.
	 * @param exitCode the exit code, 143 for SIGTERM
	 * @return this
	 */
	public RolloutAssert deletedPodsExitedWith(int exitCode) {
		return noPod("each deleted pod to exit with " + exitCode,
				(pod) -> wasDeleted(pod) && !Objects.equals(pod.exitCode(), exitCode));
	}

	/**
	 * Verifies that no process was started again.
	 * @return this
	 */
	public RolloutAssert hasNoRestarts() {
		return noPod("no restart", (pod) -> pod.restarts() > 0);
	}

	/**
	 * Verifies that no liveness or startup probe gave a process up.
	 * @return this
	 */
	public RolloutAssert hasNoProbeThatGaveUp() {
		return noPod("no probe to give up", (pod) -> pod.first(Kind.PROBE_GAVE_UP).isPresent());
	}

	/**
	 * Verifies that 99 % of the answers took at most a time.
	 * @param limit the time
	 * @return this
	 */
	public RolloutAssert hasP99AtMost(Duration limit) {
		isNotNull();
		if (this.actual.load().p99().compareTo(limit) > 0) {
			failWithMessage("%s", "Expected 99 % of the answers within " + limit.toMillis() + " ms in the "
					+ this.actual.scenario() + ", but: " + this.actual.load());
		}
		return this;
	}

	private static boolean wasDeleted(PodLife pod) {
		return pod.first(Kind.DELETED).or(() -> pod.first(Kind.NODE_SHUTDOWN)).isPresent();
	}

	private RolloutAssert noPod(String expectation, Predicate<PodLife> offends) {
		isNotNull();
		List<PodLife> offenders = this.actual.pods().stream().filter(offends).toList();
		if (!offenders.isEmpty()) {
			failWithMessage("%s",
					"Expected " + expectation + " in the " + this.actual.scenario() + ", but not so:\n"
							+ offenders.stream()
								.map((pod) -> RolloutText.pod(pod, LOG_LINES))
								.collect(Collectors.joining("\n")));
		}
		return this;
	}

	private RolloutText text() {
		return RolloutText.of(this.actual);
	}

	private String requests() {
		return text().requests() + ":\n" + text().failures(FAILURES);
	}

}
