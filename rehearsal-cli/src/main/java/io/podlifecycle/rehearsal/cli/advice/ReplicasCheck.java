package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds the number of pods against what takes some of them away.
 */
final class ReplicasCheck implements Check {

	private static final Set<String> SCALED = Set.of("Deployment", "StatefulSet", "ReplicaSet", "Rollout");

	private static final int PROGRESS_DEADLINE_SECONDS = 600;

	/** Two in each of two zones. */
	private static final int LEAST_FOR_ZONES = 4;

	private static final List<String> TOPOLOGY_MODES = List.of("service.kubernetes.io/topology-mode",
			"service.kubernetes.io/topology-aware-hints");

	@Override
	public List<Finding> check(AppContainer app) {
		List<Finding> findings = new ArrayList<>();
		Workload workload = app.workload();
		if (!SCALED.contains(workload.kind()) || !app.serves()) {
			return findings;
		}
		Node spec = workload.root().get("spec");
		Optional<Node> autoscaler = app.resources()
			.beside(workload, "HorizontalPodAutoscaler")
			.filter((candidate) -> isTarget(candidate.get("spec").get("scaleTargetRef"), workload))
			.findFirst();
		int replicas = autoscaler.map((found) -> found.get("spec").get("minReplicas"))
			.orElse(spec.get("replicas"))
			.number(1);
		if (workload.kind().equals("Deployment")) {
			checkUpdate(app, spec, replicas, findings);
		}
		checkBudget(app, replicas, findings);
		autoscaler.ifPresent((found) -> checkAutoscaler(app, spec, found, findings));
		if (replicas > 0 && replicas < LEAST_FOR_ZONES) {
			checkTopology(app, replicas, findings);
		}
		return findings;
	}

	private static boolean isTarget(Node target, Workload workload) {
		return target.get("kind").text().orElse("").equals(workload.kind())
				&& target.get("name").text().equals(workload.root().get("metadata").get("name").text());
	}

	private static void checkUpdate(AppContainer app, Node spec, int replicas, List<Finding> findings) {
		Node strategy = spec.get("strategy");
		Node unavailable = strategy.get("rollingUpdate").get("maxUnavailable");
		boolean recreates = strategy.get("type").text().orElse("").equals("Recreate");
		if (replicas > 0 && (recreates || share(unavailable, replicas, 0) >= replicas)) {
			findings.add(app.finding(Rule.ROLLOUT_UNAVAILABLE, recreates ? strategy.get("type") : unavailable,
					"An update takes all of " + pods(replicas) + " away before another one serves.",
					"set strategy.type to RollingUpdate, with maxUnavailable: 0 and maxSurge: 1"));
		}
		Node deadline = spec.get("progressDeadlineSeconds");
		Duration least = app.startupTimeout().orElse(Duration.ZERO).plusSeconds(spec.get("minReadySeconds").number(0));
		if (deadline.number(PROGRESS_DEADLINE_SECONDS) <= least.toSeconds()) {
			findings.add(app.finding(Rule.PROGRESS_DEADLINE, deadline,
					"An update counts as failed after " + deadline.number(PROGRESS_DEADLINE_SECONDS)
							+ " s, and a pod may take " + least.toSeconds()
							+ " s to be available (pod-lifecycle.startup.timeout and minReadySeconds).",
					"set it to more than " + least.toSeconds() + " and the time that the application takes to start"));
		}
	}

	private static void checkBudget(AppContainer app, int replicas, List<Finding> findings) {
		List<Node> budgets = app.resources()
			.beside(app.workload(), "PodDisruptionBudget")
			.filter((budget) -> Resources.selects(budget.get("spec").get("selector"), app.workload().labels()))
			.toList();
		if (budgets.isEmpty() && replicas > 1) {
			findings.add(app.finding(Rule.DISRUPTION_BUDGET_MISSING, app.workload().root().get("spec").get("replicas"),
					"No PodDisruptionBudget of these manifests selects the pods: when several nodes are drained, all of "
							+ pods(replicas) + " may be evicted before another one serves.",
					"add one with maxUnavailable: 1, or give it with these manifests"));
		}
		for (Node budget : budgets) {
			Node least = budget.get("spec").get("minAvailable");
			Node most = budget.get("spec").get("maxUnavailable");
			boolean blocks = least.exists() ? share(least, replicas, 99) >= replicas
					: most.exists() && share(most, replicas, 99) == 0;
			if (blocks && replicas > 0) {
				findings.add(app.finding(Rule.DISRUPTION_BUDGET, Resources.named(budget, least.exists() ? least : most),
						"Of " + pods(replicas) + " none may be evicted: a drain of its node never ends, or whoever "
								+ "drains it deletes the pod with less grace.",
						"set maxUnavailable: 1 in its place" + ((replicas == 1) ? ", or have two replicas" : "")));
			}
		}
	}

	private static void checkAutoscaler(AppContainer app, Node spec, Node autoscaler, List<Finding> findings) {
		if (spec.get("replicas").exists()) {
			findings.add(app.finding(Rule.AUTOSCALER_REPLICAS, spec.get("replicas"),
					"Each time that this manifest is applied, the pods that the autoscaler has added are deleted at once.",
					"remove it: the autoscaler says how many there are"));
		}
		Node scaling = autoscaler.get("spec");
		boolean byCpu = scaling.get("targetCPUUtilizationPercentage").exists() || scaling.get("metrics")
			.items()
			.stream()
			.flatMap((metric) -> Stream.of(metric.get("resource"), metric.get("containerResource")))
			.anyMatch((metric) -> metric.get("name").text().orElse("").equals("cpu"));
		if (byCpu && app.workload().kind().equals("Deployment") && spec.get("minReadySeconds").number(0) == 0) {
			findings.add(app.finding(Rule.MIN_READY_SECONDS, spec.get("minReadySeconds"),
					"An update goes on as soon as a pod is ready, and the autoscaler counts its CPU from then on: several "
							+ "JVMs that still compile scale the application up in the middle of an update.",
					"set it to the time for which a new pod needs more CPU than later, such as 30"));
		}
	}

	private static void checkTopology(AppContainer app, int replicas, List<Finding> findings) {
		app.resources()
			.beside(app.workload(), "Service")
			.filter((service) -> isService(service.get("spec").get("selector"), app.workload()))
			.flatMap((service) -> preference(service).stream().map((field) -> Resources.named(service, field)))
			.forEach((field) -> findings.add(app.finding(Rule.TOPOLOGY_REPLICAS, field,
					"Traffic prefers its own zone, and with " + pods(replicas)
							+ " most zones have one or none: when that one leaves, all clients of its zone reach the "
							+ "others in the same moment.",
					"have two replicas or more in each zone, spread by topologySpreadConstraints, or remove it")));
	}

	private static boolean isService(Node selector, Workload workload) {
		return selector.exists() && workload.labels().entrySet().containsAll(selector.texts(false).entrySet());
	}

	private static Optional<Node> preference(Node service) {
		Node distribution = service.get("spec").get("trafficDistribution");
		Node annotations = service.get("metadata").get("annotations");
		return Stream
			.concat(Stream.of(distribution).filter(Node::exists),
					TOPOLOGY_MODES.stream()
						.map(annotations::get)
						.filter((mode) -> mode.text().orElse("Disabled").equalsIgnoreCase("Auto")))
			.findFirst();
	}

	/** Return a number of pods, or a share of them in percent. */
	private static int share(Node value, int replicas, int roundUp) {
		String text = value.text().orElse("0");
		return text.matches("\\d{1,3}%")
				? (Integer.parseInt(text.substring(0, text.length() - 1)) * replicas + roundUp) / 100 : value.number(0);
	}

	private static String pods(int replicas) {
		return replicas + ((replicas == 1) ? " pod" : " pods");
	}

}
