package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fortune client starts while the fortune server is not there.
 */
@ClusterTest
@Tag("full")
class StartupIntegrationTests {

	private static final String CLIENT = "fortune-client";

	private static final String SERVER = "fortune";

	private static final int READINESS_PERIOD_SECONDS = 1;

	@Test
	void aPodWhoseDependencyComesLateIsAliveMeanwhileAndReadySoonAfter(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(only(CLIENT, StartupIntegrationTests::probeEachSecond));
		// The startup probe has succeeded: the early probe server answers liveness.
		Pod waiting = namespace.pods()
			.await(CLIENT, Pods.is(CLIENT, (container) -> Boolean.TRUE.equals(container.getStarted())));
		assertThat(Pods.container(waiting, CLIENT).getReady()).isFalse();
		namespace.apply(only(SERVER, (container) -> {
		}));
		Pod pod = namespace.pods().await(CLIENT, Pods.is(CLIENT, ContainerStatus::getReady));
		assertThat(Pods.container(pod, CLIENT).getRestartCount()).isZero();
		assertThat(namespace.pods().exec(pod, CLIENT, "grep", "app.aot", "/proc/1/maps")).as("its AOT cache")
			.isNotBlank();
		List<String> log = namespace.pods().log(pod, CLIENT);
		Instant answered = Pods.timeOf(log, "Done waiting");
		Duration refresh = Duration.between(answered, Pods.timeOf(log, "Started SampleApplication"));
		Duration untilReady = Duration.between(answered, Pods.since(pod, "Ready"));
		System.out.printf("LATE DEPENDENCY %s: refresh %d ms, ready %d ms after the dependency answered%n", cluster,
				refresh.toMillis(), untilReady.toMillis());
		// Twice the refresh, for a busy node, and two periods of the readiness probe.
		assertThat(untilReady).isLessThan(refresh.multipliedBy(2).plusSeconds(3 + 2 * READINESS_PERIOD_SECONDS));
	}

	@Test
	void withoutTheLibraryAPodIsReadyAlthoughItsDependencyIsNotThere(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(only(CLIENT, Manifests.environment("POD_LIFECYCLE_ENABLED", "false")));
		namespace.pods().await(CLIENT, Pods.is(CLIENT, ContainerStatus::getReady));
	}

	@Test
	void aDependencyThatNeverComesIsNamedInTheTerminationMessage(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(only(CLIENT, Manifests.environment("POD_LIFECYCLE_STARTUP_TIMEOUT", "3s")));
		Pod pod = namespace.pods()
			.await(CLIENT, Pods.is(CLIENT, (container) -> container.getState().getWaiting() != null
					&& "CrashLoopBackOff".equals(container.getState().getWaiting().getReason())));
		assertThat(Pods.container(pod, CLIENT).getLastState().getTerminated().getExitCode()).isEqualTo(69);
		assertThat(Pods.container(pod, CLIENT).getLastState().getTerminated().getMessage())
			.contains("these dependencies did not answer", "fortune (http://fortune/)");
	}

	private static List<Map<String, Object>> only(String application, Consumer<Map<String, Object>> change) {
		List<Map<String, Object>> manifests = Manifests.only(Manifests.withOneReplica(Path.of("base")), application);
		Manifests.editContainer(manifests, application, change);
		return manifests;
	}

	private static void probeEachSecond(Map<String, Object> container) {
		Kustomization.map(container.get("readinessProbe")).put("periodSeconds", READINESS_PERIOD_SECONDS);
	}

}
