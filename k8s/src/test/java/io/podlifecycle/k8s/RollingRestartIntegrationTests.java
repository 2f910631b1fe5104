package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.k8s.PodHistory.PodEnd;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample app is restarted under load, on a cluster that learns late that a pod has
 * gone.
 */
@ClusterTest
class RollingRestartIntegrationTests {

	private static final String APPLICATION = "fortune-client";

	private static final Integer SIGTERM = 143;

	@Test
	void noRequestFailsInThreeRollingRestarts(Cluster cluster, TestNamespace namespace) throws Exception {
		LoadPod.Result load = rollUnderLoad(cluster, namespace, 3, Map.of());
		assertThat(load.requests()).isGreaterThan(3000);
		assertThat(load.failed()).as(load.json()).isZero();
		List<PodEnd> ends = namespace.history().ends(APPLICATION);
		assertThat(ends).hasSize(9);
		assertThat(ends).extracting(PodEnd::exitCode).contains(SIGTERM).containsOnly(SIGTERM, null);
	}

	@Test
	void requestsFailWithoutTheLibrary(Cluster cluster, TestNamespace namespace) throws Exception {
		LoadPod.Result load = rollUnderLoad(cluster, namespace, 1, Map.of("POD_LIFECYCLE_ENABLED", "false"));
		assertThat(load.failed()).as(load.json()).isPositive();
	}

	private static LoadPod.Result rollUnderLoad(Cluster cluster, TestNamespace namespace, int restarts,
			Map<String, String> environment) throws Exception {
		Images.sampleApp(cluster);
		Images.load(cluster);
		List<Map<String, Object>> manifests = Kustomization.render(Path.of("base"));
		manifests.forEach((manifest) -> Manifests.addEnvironment(manifest, APPLICATION, environment));
		namespace.apply(manifests);
		DeployedApplication application = new DeployedApplication(cluster, namespace, APPLICATION);
		application.awaitRollout();
		LoadPod load = LoadPod.start(cluster.client(), namespace.name(), APPLICATION, "/hello");
		for (int i = 0; i < restarts; i++) {
			application.restart();
		}
		// The last word of the cluster's own rules may still come.
		TimeUnit.SECONDS.sleep(Cluster.ENDPOINT_LAG.toSeconds());
		LoadPod.Result result = load.stop();
		System.out.printf("ROLLING RESTART on %s, %s: %d restarts, %s, %s%n", cluster,
				environment.isEmpty() ? "with the library" : environment, restarts, result,
				summary(namespace.history().ends(APPLICATION)));
		return result;
	}

	private static String summary(List<PodEnd> ends) {
		LongSummaryStatistics seconds = ends.stream().mapToLong((end) -> end.took().toSeconds()).summaryStatistics();
		List<Integer> exitCodes = ends.stream().map(PodEnd::exitCode).filter(Objects::nonNull).sorted().toList();
		return "%d pods ended after %d to %d s (%.1f on average), with exit codes %s".formatted(ends.size(),
				seconds.getMin(), seconds.getMax(), seconds.getAverage(), exitCodes);
	}

}
