package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Holds what Kubernetes does after an exit against what the exit codes of the library
 * mean.
 */
final class ExitCodeCheck implements Check {

	/** Required dependencies did not answer in time. */
	private static final int UNAVAILABLE = 69;

	/** The shutdown was not over at its deadline. */
	private static final int HALTED = 70;

	private static final int SIGTERM = 143;

	private static final List<Integer> CODES = List.of(UNAVAILABLE, HALTED, SIGTERM);

	private static final Set<String> RESTARTS = Set.of("Restart", "RestartAllContainers");

	private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

	private static final Duration SHORT = Duration.ofMinutes(1);

	@Override
	public List<Finding> check(AppContainer app) {
		List<Finding> findings = new ArrayList<>();
		app.workload().job().ifPresentOrElse((job) -> checkJob(app, job, findings), () -> checkRules(app, findings));
		checkPeriod(app, findings);
		return findings;
	}

	private static void checkRules(AppContainer app, List<Finding> findings) {
		Node policy = app.node().get("restartPolicy");
		List<Integer> last = CODES.stream().filter((code) -> policy.exists() && !restarts(app, policy, code)).toList();
		if (!last.isEmpty()) {
			findings.add(app.finding(Rule.RESTART_RULES, app.node().get("restartPolicyRules"),
					"The container is not started again after the exit codes " + join(last)
							+ ": 69 says that a dependency did not answer in time, 70 that the shutdown hung, 143 that "
							+ "the process ended on SIGTERM, which is what a failed liveness probe sends.",
					"add {action: Restart, exitCodes: {operator: In, values: " + last + "}}"));
		}
	}

	private static boolean restarts(AppContainer app, Node policy, int code) {
		Optional<Node> rule = app.node()
			.get("restartPolicyRules")
			.items()
			.stream()
			.filter((candidate) -> matches(candidate.get("exitCodes"), code))
			.findFirst();
		return rule.map((found) -> RESTARTS.contains(found.get("action").text().orElse("")))
			.orElse(!policy.text().orElse("").equals("Never"));
	}

	private static boolean matches(Node exitCodes, int code) {
		boolean listed = exitCodes.get("values").texts().contains(String.valueOf(code));
		return exitCodes.exists() && listed == exitCodes.get("operator").text().orElse("").equals("In");
	}

	private static void checkJob(AppContainer app, Node job, List<Finding> findings) {
		String container = app.node().get("name").text().orElse("");
		List<Node> rules = job.get("podFailurePolicy").get("rules").items();
		for (Node rule : rules) {
			List<Integer> fatal = CODES.stream()
				.filter((code) -> rule.get("action").text().orElse("").equals("FailJob"))
				.filter((code) -> decides(rules, container, code).filter(rule::equals).isPresent())
				.toList();
			if (!fatal.isEmpty()) {
				findings.add(app.finding(Rule.POD_FAILURE_POLICY, rule,
						"The exit codes " + join(fatal) + " end the Job for good: 69 says that a dependency did not "
								+ "answer in time, 70 and 143 are the ends of a pod that was evicted.",
						"let {action: Ignore, onPodConditions: [{type: DisruptionTarget}]} come first, and count 69: "
								+ "{action: Count, onExitCodes: {operator: In, values: [69]}}"));
			}
		}
	}

	/** Return the first rule that applies; 70 and 143 are the ends of a disruption. */
	private static Optional<Node> decides(List<Node> rules, String container, int code) {
		return rules.stream()
			.filter((rule) -> (code != UNAVAILABLE && isForDisruptions(rule))
					|| (rule.get("onExitCodes").get("containerName").text().orElse(container).equals(container)
							&& matches(rule.get("onExitCodes"), code)))
			.findFirst();
	}

	private static boolean isForDisruptions(Node rule) {
		return rule.get("onPodConditions")
			.items()
			.stream()
			.anyMatch((condition) -> condition.get("type").text().orElse("").equals("DisruptionTarget"));
	}

	private static void checkPeriod(AppContainer app, List<Finding> findings) {
		Duration wait = app.startupTimeout().orElse(SHORT);
		app.resources()
			.ofKind("KubeletConfiguration")
			.map((node) -> node.get("crashLoopBackOff").get("maxContainerRestartPeriod"))
			.filter((period) -> wait.compareTo(SHORT) < 0 && time(period).compareTo(SHORT) < 0)
			.forEach((period) -> findings.add(app.finding(Rule.RESTART_PERIOD,
					new Node("KubeletConfiguration: " + period.path(), null),
					"The application gives up after " + wait.toSeconds() + " s, and these nodes start it again after "
							+ period.text().orElse("") + " at most, where others take up to 300 s: most of the time it "
							+ "starts.",
					"set pod-lifecycle.startup.timeout to 1m or more: a process that waits costs less than one that "
							+ "starts again")));
	}

	private static Duration time(Node period) {
		return TIME.matcher(period.text().orElse("5m"))
			.results()
			.map(ExitCodeCheck::time)
			.reduce(Duration.ZERO, Duration::plus);
	}

	private static Duration time(MatchResult part) {
		long unit = switch (part.group(2)) {
			case "ms" -> 1;
			case "s" -> 1_000;
			case "m" -> 60_000;
			default -> 3_600_000;
		};
		return Duration.ofMillis((long) (Double.parseDouble(part.group(1)) * unit));
	}

	private static String join(List<Integer> codes) {
		return String.join(", ", codes.stream().map(String::valueOf).toList());
	}

}
