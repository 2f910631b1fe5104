package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.podlifecycle.k8s.PodHistory.PodEnd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Kubernetes does with the hooks of containers.
 */
@ClusterTest
@Tag("full")
class HooksIntegrationTests {

	private static final Integer SIGTERM = 143;

	@Test
	void aPostStartHookThatFailsKillsItsContainer(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.fortune(cluster);
		namespace.apply(FortunePod.named("exits-15")
			.with("lifecycle", Map.of("postStart", FortunePod.exec("sh", "-c", "exit 15")))
			.manifests());
		namespace.apply(FortunePod.named("wrong-port")
			.with("lifecycle", Map.of("postStart", FortunePod.httpGet(8081)))
			.manifests());
		for (String pod : List.of("exits-15", "wrong-port")) {
			System.out.printf("POST-START %s: %s%n", cluster, namespace.awaitEvent(pod, "FailedPostStartHook"));
			namespace.pods().await(pod, Pods.is(pod, HooksIntegrationTests::hasEnded));
		}
	}

	/** The early probe server does not help: the JVM has not even begun. */
	@Test
	void aPostStartHookCannotAskAJvmThatIsNotUpYet(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(Manifests.application("too-early", "fortune-client", 10,
				lifecycle("postStart", Map.of("httpGet", Map.of("path", "/actuator/health/liveness", "port", 8080)))));
		System.out.printf("POST-START %s: %s%n", cluster, namespace.awaitEvent("too-early", "FailedPostStartHook"));
		namespace.pods().await("too-early", Pods.is("too-early", HooksIntegrationTests::hasEnded));
	}

	@Test
	void whileThePostStartHookRunsThePodIsPendingAndIsNotProbed(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.fortune(cluster);
		// The hook writes to the log of the web server, which is process 1 and logs
		// requests.
		String hook = "exec > /proc/1/fd/1; echo postStart begins; sleep 4; echo postStart ends";
		namespace.apply(FortunePod.named("hooked")
			.command("sh", "-c", "echo page > /var/htdocs/index.html; exec web-server /var/htdocs")
			.with("lifecycle", Map.of("postStart", FortunePod.exec("sh", "-c", hook)))
			.with("readinessProbe",
					Map.of("httpGet", Map.of("path", "/", "port", 8080), "periodSeconds", 1, "failureThreshold", 1))
			.manifests());
		Pod pending = namespace.pods().await("hooked", (pod) -> pod.getStatus().getContainerStatuses().size() == 1);
		assertThat(pending.getStatus().getPhase()).isEqualTo("Pending");
		assertThat(Pods.container(pending, "hooked").getState().getWaiting().getReason())
			.isEqualTo("ContainerCreating");
		Pod running = namespace.pods().await("hooked", (pod) -> "Running".equals(pod.getStatus().getPhase()));
		Instant seen = Instant.now();
		Instant started = Instant.parse(Pods.container(running, "hooked").getState().getRunning().getStartedAt());
		assertThat(Duration.between(started, seen)).isGreaterThan(Duration.ofSeconds(3));
		Pod ready = namespace.pods().await("hooked", Pods.is("hooked", ContainerStatus::getReady));
		List<String> log = namespace.pods().log(ready, "hooked");
		assertThat(log).containsSubsequence("postStart begins", "postStart ends");
		assertThat(log.subList(0, log.indexOf("postStart ends"))).noneMatch((line) -> line.contains("url:/"));
		assertThat(log.subList(log.indexOf("postStart ends"), log.size())).anyMatch((line) -> line.contains("url:/"));
	}

	@Test
	void aHookBelongsToItsContainerAndNotToThePod(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.fortune(cluster);
		namespace.apply(FortunePod.named("hooked")
			.command("html-generator", "60")
			.and("free")
			.with("lifecycle", Map.of("preStop", FortunePod.exec("sleep", "8")))
			.manifests());
		Pod pod = namespace.pods()
			.await("hooked", (candidate) -> candidate.getStatus().getContainerStatuses().size() == 2
					&& candidate.getStatus().getContainerStatuses().stream().allMatch(ContainerStatus::getReady));
		namespace.pods().delete(pod);
		Instant free = namespace.history().awaitLastLogLine(pod, "free");
		Instant hooked = namespace.history().awaitLastLogLine(pod, "hooked");
		assertThat(Duration.between(free, hooked)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void aPreStopHookCanAskTheApplicationToBeginItsShutdown(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.sampleApp(cluster);
		List<Map<String, Object>> manifests = Manifests
			.only(Manifests.withOneReplica(Path.of("overlays", "prestop-http")), "fortune-client");
		Manifests.editContainer(manifests, "fortune-client",
				Manifests.environment("POD_LIFECYCLE_STARTUP_ENABLED", "false").andThen(Manifests::probeEachSecond));
		namespace.apply(manifests);
		Pod pod = namespace.pods().await("fortune-client", Pods.is("fortune-client", ContainerStatus::getReady));
		namespace.remove(pod);
		PodEnd end = namespace.history().awaitEnd("fortune-client");
		System.out.printf("PRE-STOP %s: %s%n", cluster, end);
		ShutdownIntegrationTests.assertExitCode(end, SIGTERM);
		assertThat(namespace.history().log(pod, "fortune-client"))
			.anyMatch((line) -> line.contains("Shutting down on the preStop hook"));
	}

	@Test
	void aPreStopHookThatFailsIsIgnoredAndTheShutdownGoesOn(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.sampleApp(cluster);
		// The kubelet limits the events of a pod, and each failed probe is one.
		namespace.apply(Manifests.server("server", 14, lifecycle("preStop", FortunePod.exec("sh", "-c", "exit 3"))
			.andThen((container) -> Kustomization.map(container.get("startupProbe")).put("periodSeconds", 10))));
		Pod pod = namespace.pods().await("server", Pods.is("server", ContainerStatus::getReady));
		namespace.remove(pod);
		System.out.printf("PRE-STOP %s: %s%n", cluster, namespace.awaitEvent("server", "FailedPreStopHook"));
		PodEnd end = namespace.history().awaitEnd("server");
		ShutdownIntegrationTests.assertExitCode(end, SIGTERM);
		assertThat(namespace.history().log(pod, "server"))
			.anyMatch((line) -> line.contains("Shutting down on SIGTERM"));
	}

	private static boolean hasEnded(ContainerStatus container) {
		return container.getState().getTerminated() != null || container.getLastState().getTerminated() != null;
	}

	private static Consumer<Map<String, Object>> lifecycle(String hook, Map<String, Object> handler) {
		return (container) -> container.put("lifecycle", Map.of(hook, handler));
	}

}
