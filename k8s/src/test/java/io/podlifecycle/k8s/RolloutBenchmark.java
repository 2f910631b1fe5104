package io.podlifecycle.k8s;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.Pod;
import io.podlifecycle.k8s.PodHistory.PodEnd;
import org.junit.jupiter.api.Test;

/**
 * What rolling updates cost the clients: with the library, without it, and with a
 * {@code preStop} sleep of 10 s instead, one after another. Run by {@code mvn verify -pl
 * k8s -am -Dtest=none -Dit.test=RolloutBenchmark -Drollouts=5
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
@ClusterTest
class RolloutBenchmark {

	private static final int REPLICAS = 2;

	private static final Consumer<Map<String, Object>> PLAIN = Manifests.environment("POD_LIFECYCLE_ENABLED", "false")
		.andThen(Manifests.environment("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", "8s"));

	@Test
	void run(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.sampleApp(cluster);
		Images.load(cluster);
		int rollouts = Integer.getInteger("rollouts", 5);
		System.out.printf("%s, %d rollouts of %d replicas each, %d processors%n", cluster, rollouts, REPLICAS,
				Runtime.getRuntime().availableProcessors());
		System.out.println(
				"| | requests and streams | failed | p50 | p99 | from deletion to the end | from creation to ready |");
		System.out.println("|---|---|---|---|---|---|---|");
		measure(cluster, namespace, rollouts, "with the library", "library", (container) -> {
		});
		measure(cluster, namespace, rollouts, "without it", "plain", PLAIN);
		measure(cluster, namespace, rollouts, "without it, `preStop` sleep of 10 s", "sleep",
				PLAIN.andThen(Manifests.preStopSleep(10)));
	}

	private static void measure(Cluster cluster, TestNamespace namespace, int rollouts, String what, String name,
			Consumer<Map<String, Object>> change) throws Exception {
		ServedApplication.deploy(namespace, name, REPLICAS, change);
		try (PodStories stories = new PodStories(cluster.client(), namespace.name())) {
			ServedApplication application = ServedApplication.await(cluster, namespace, name, stories);
			Settling.awaitEndpoints();
			application.load().awaitReady();
			List<PodEnd> ends = new ArrayList<>();
			LongSummaryStatistics ready = new LongSummaryStatistics();
			for (int i = 0; i < rollouts; i++) {
				ends.addAll(application.ends((served) -> served.deployment().update()));
				application.deployment().pods().forEach((pod) -> ready.accept(secondsToReady(pod)));
			}
			Settling.awaitEndpoints();
			LoadPod.Result result = application.load().stop();
			LongSummaryStatistics took = ends.stream().mapToLong((end) -> end.took().toSeconds()).summaryStatistics();
			System.out.printf("| %s | %,d | %,d %s | %d ms | %d ms | %d to %d s | %d to %d s |%n", what,
					result.requests(), result.failed(), result.failuresByKind(), result.p50(), result.p99(),
					took.getMin(), took.getMax(), ready.getMin(), ready.getMax());
		}
		cluster.client().apps().deployments().inNamespace(namespace.name()).withName(name).delete();
	}

	private static long secondsToReady(Pod pod) {
		return Duration.between(Instant.parse(pod.getMetadata().getCreationTimestamp()), Pods.since(pod, "Ready"))
			.toSeconds();
	}

}
