package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three containers share a volume: one fills it before the others start, one writes a
 * page late, and the application waits for the page.
 */
@ClusterTest
@Tag("full")
class SharedVolumeIntegrationTests {

	private static final String CLIENT = "fortune-client";

	private static final String GENERATOR = "html-generator";

	private static final String PAGE = "/var/htdocs/index.html";

	@Test
	void aFileThatAnotherContainerWritesLateHoldsUpTheStart(Cluster cluster, TestNamespace namespace) throws Exception {
		Pods pods = namespace.pods();
		apply(cluster, namespace);
		Pod waiting = pods.await(CLIENT, Pods.is(CLIENT, (container) -> Boolean.TRUE.equals(container.getStarted())));
		assertThat(initContainer(waiting).getState().getTerminated().getExitCode()).isZero();
		assertThat(pods.exec(waiting, GENERATOR, "cat", "/var/htdocs/fortunes")).isNotBlank();
		pods.awaitLine(waiting, CLIENT, (line) -> line.contains("fortune (http://fortune/) answered"));
		pods.awaitLine(waiting, CLIENT,
				(line) -> line.contains("Still waiting for page (file:" + PAGE + "): no such file"));
		assertThat(Pods.container(waiting, CLIENT).getReady()).isFalse();
		Instant written = Instant.now();
		pods.exec(waiting, GENERATOR, "touch", "/var/htdocs/go");
		Pod ready = pods.await(CLIENT, Pods.is(CLIENT, ContainerStatus::getReady));
		assertThat(ready.getMetadata().getName()).isEqualTo(waiting.getMetadata().getName());
		assertThat(ready.getStatus().getContainerStatuses()).extracting(ContainerStatus::getRestartCount)
			.containsOnly(0);
		List<String> log = pods.log(ready, CLIENT);
		Duration refresh = Duration.between(Pods.timeOf(log, "Done waiting"),
				Pods.timeOf(log, "Started SampleApplication"));
		Duration untilReady = Duration.between(written, Pods.since(ready, "Ready"));
		System.out.printf("FILE DEPENDENCY %s: refresh %d ms, ready %d ms after the file was asked for%n", cluster,
				refresh.toMillis(), untilReady.toMillis());
		// Twice the refresh, for a busy node, and time for the generator and the probe.
		assertThat(untilReady).isLessThan(refresh.multipliedBy(2).plusSeconds(15));
	}

	private static void apply(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.sampleApp(cluster);
		Images.fortune(cluster);
		List<Map<String, Object>> manifests = Manifests.withOneReplica(Path.of("overlays", "init-container"));
		Manifests.editContainer(manifests, CLIENT, GENERATOR, (container) -> container.put("command", List.of("sh",
				"-c",
				"until [ -e /var/htdocs/go ]; do sleep 0.1; done; " + "exec html-generator 2 /var/htdocs/fortunes")));
		namespace.apply(manifests);
	}

	private static ContainerStatus initContainer(Pod pod) {
		return pod.getStatus().getInitContainerStatuses().get(0);
	}

}
