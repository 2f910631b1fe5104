package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fortune client starts while the fortune server is not there.
 */
@ClusterTest
class StartupIntegrationTests {

	private static final String CLIENT = "fortune-client";

	private static final String SERVER = "fortune";

	private static final int READINESS_PERIOD_SECONDS = 1;

	@Test
	void aPodWhoseDependencyComesLateIsAliveMeanwhileAndReadySoonAfter(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(only(CLIENT, StartupIntegrationTests::probeEachSecond));
		// The startup probe has succeeded: the waiting room answers liveness.
		Pod waiting = await(cluster, namespace, (container) -> Boolean.TRUE.equals(container.getStarted()));
		assertThat(container(waiting).getReady()).isFalse();
		namespace.apply(only(SERVER, (container) -> {
		}));
		Pod pod = await(cluster, namespace, ContainerStatus::getReady);
		assertThat(container(pod).getRestartCount()).isZero();
		List<String> log = log(cluster.client(), namespace, pod);
		Instant answered = timeOf(log, "Done waiting");
		Duration refresh = Duration.between(answered, timeOf(log, "Started SampleApplication"));
		Duration untilReady = Duration.between(answered, readySince(pod));
		System.out.printf("LATE DEPENDENCY %s: refresh %d ms, ready %d ms after the dependency answered%n", cluster,
				refresh.toMillis(), untilReady.toMillis());
		// A second for ourselves, and two periods of the readiness probe.
		assertThat(untilReady).isLessThan(refresh.plusSeconds(1 + 2 * READINESS_PERIOD_SECONDS));
	}

	@Test
	void withoutTheLibraryAPodIsReadyAlthoughItsDependencyIsNotThere(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(only(CLIENT, Manifests.environment("POD_LIFECYCLE_ENABLED", "false")));
		await(cluster, namespace, ContainerStatus::getReady);
	}

	@Test
	void aDependencyThatNeverComesIsNamedInTheTerminationMessage(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(only(CLIENT, Manifests.environment("POD_LIFECYCLE_STARTUP_TIMEOUT", "3s")));
		Pod pod = await(cluster, namespace, (container) -> container.getState().getWaiting() != null
				&& "CrashLoopBackOff".equals(container.getState().getWaiting().getReason()));
		assertThat(container(pod).getLastState().getTerminated().getExitCode()).isEqualTo(69);
		assertThat(container(pod).getLastState().getTerminated().getMessage())
			.contains("these dependencies did not answer", "fortune (http://fortune/)");
	}

	private static List<Map<String, Object>> only(String application, Consumer<Map<String, Object>> change) {
		List<Map<String, Object>> manifests = Kustomization.render(Path.of("base"))
			.stream()
			.filter((manifest) -> Objects.equals(Kustomization.map(manifest.get("metadata")).get("name"), application))
			.toList();
		Manifests.editContainer(manifests, application, change);
		return manifests;
	}

	private static void probeEachSecond(Map<String, Object> container) {
		Kustomization.map(container.get("readinessProbe")).put("periodSeconds", READINESS_PERIOD_SECONDS);
	}

	private static Pod await(Cluster cluster, TestNamespace namespace, Predicate<ContainerStatus> condition)
			throws Exception {
		List<Pod> pods = cluster.client()
			.pods()
			.inNamespace(namespace.name())
			.withLabel("app.kubernetes.io/name", CLIENT)
			.informOnCondition((found) -> found.stream().anyMatch((pod) -> hasContainer(pod, condition)))
			.get(4, TimeUnit.MINUTES);
		return pods.stream().filter((pod) -> hasContainer(pod, condition)).findFirst().orElseThrow();
	}

	private static boolean hasContainer(Pod pod, Predicate<ContainerStatus> condition) {
		return pod.getStatus().getContainerStatuses().stream().anyMatch(condition);
	}

	private static ContainerStatus container(Pod pod) {
		return pod.getStatus().getContainerStatuses().get(0);
	}

	private static List<String> log(KubernetesClient client, TestNamespace namespace, Pod pod) {
		return client.pods()
			.inNamespace(namespace.name())
			.withName(pod.getMetadata().getName())
			.getLog()
			.lines()
			.toList();
	}

	/** In whole seconds. */
	private static Instant readySince(Pod pod) {
		return pod.getStatus()
			.getConditions()
			.stream()
			.filter((condition) -> "Ready".equals(condition.getType()))
			.map((condition) -> Instant.parse(condition.getLastTransitionTime()))
			.findFirst()
			.orElseThrow();
	}

	private static Instant timeOf(List<String> log, String fragment) {
		String line = log.stream().filter((candidate) -> candidate.contains(fragment)).findFirst().orElseThrow();
		return Instant.parse(line.substring(0, line.indexOf(' ')));
	}

}
