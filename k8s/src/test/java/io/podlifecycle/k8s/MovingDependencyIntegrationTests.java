package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fortune client waits by name for the pod of a StatefulSet, which goes and comes
 * back under another address. Beside it one waits whose JVM remembers the first address,
 * which shows that the address did change, and that the look-up is what matters.
 */
@ClusterTest
@Tag("full")
class MovingDependencyIntegrationTests {

	private static final String CLIENT = "fortune-client";

	private static final String REMEMBERING_CLIENT = "remembering-client";

	private static final String SERVER = "fortune";

	private static final String ADDRESS = "fortune-0.fortune:8080";

	/** By HTTP it is in the manifest. Neither client gives up before the test does. */
	private static final Consumer<Map<String, Object>> BY_TCP_TOO = (container) -> container.put("args", List
		.of("--pod-lifecycle.startup.dependencies.port=tcp://" + ADDRESS, "--pod-lifecycle.startup.timeout=10m"));

	@Test
	void aDependencyThatComesBackUnderAnotherAddressIsFoundByItsName(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(manifests());
		Pods pods = namespace.pods();
		Pod old = pods.await(SERVER, (pod) -> pod.getStatus().getPodIP() != null);
		Pod client = awaitWaiting(pods, CLIENT);
		Pod remembering = awaitWaiting(pods, REMEMBERING_CLIENT);
		Pod moved = move(cluster, namespace, old);
		Pod ready = pods.await(CLIENT, Pods.is(CLIENT, ContainerStatus::getReady));
		assertThat(ready.getMetadata().getName()).isEqualTo(client.getMetadata().getName());
		assertThat(Pods.container(ready, CLIENT).getRestartCount()).isZero();
		List<String> log = pods.log(ready, CLIENT);
		assertThat(log).anyMatch((line) -> line.contains("fortune (http://" + ADDRESS + "/) answered"))
			.anyMatch((line) -> line.contains("port (tcp://" + ADDRESS + ") answered"));
		Instant found = Pods.since(moved, "Ready");
		System.out.printf("MOVING DEPENDENCY %s: from %s to %s, found %d ms after it was ready%n", cluster,
				old.getStatus().getPodIP(), moved.getStatus().getPodIP(),
				Duration.between(found, Pods.timeOf(log, "Done waiting")).toMillis());
		Instant twiceTheUsualTime = found.plusSeconds(14);
		pods.awaitLine(remembering, REMEMBERING_CLIENT,
				stillWaiting().and((line) -> Pods.timeOf(line).isAfter(twiceTheUsualTime)));
	}

	private static List<Map<String, Object>> manifests() {
		Path overlay = Path.of("overlays", "statefulset");
		List<Map<String, Object>> manifests = Manifests.withOneReplica(overlay);
		Manifests.editContainer(manifests, CLIENT, BY_TCP_TOO);
		// The first pod listens, but not where it is asked.
		Manifests.editContainer(manifests, SERVER, Manifests.environment("SERVER_PORT", "8079"));
		Manifests.endsWithin(manifests, SERVER, 1);
		manifests.addAll(Manifests.application(overlay, REMEMBERING_CLIENT, CLIENT, 40,
				BY_TCP_TOO.andThen(Manifests.environment("JAVA_TOOL_OPTIONS", "-Dsun.net.inetaddr.ttl=-1"))));
		return manifests;
	}

	private static Pod awaitWaiting(Pods pods, String client) throws Exception {
		Pod pod = pods.await(client, Pods.is(client, (container) -> container.getState().getRunning() != null));
		// Refused, so it has looked up the name and has asked at that address.
		pods.awaitLine(pod, client, stillWaiting());
		return pod;
	}

	private static Pod move(Cluster cluster, TestNamespace namespace, Pod old) throws Exception {
		cluster.client()
			.apps()
			.statefulSets()
			.inNamespace(namespace.name())
			.withName(SERVER)
			.edit((set) -> set.edit()
				.editSpec()
				.editTemplate()
				.editSpec()
				.editFirstContainer()
				.removeMatchingFromEnv((variable) -> "SERVER_PORT".equals(variable.getName()))
				.endContainer()
				.endSpec()
				.endTemplate()
				.endSpec()
				.build());
		namespace.pods().delete(old);
		Pod moved = namespace.pods()
			.await(SERVER, Pods.is(SERVER, ContainerStatus::getReady)
				.and((pod) -> !Objects.equals(pod.getMetadata().getUid(), old.getMetadata().getUid())));
		assertThat(moved.getMetadata().getName()).isEqualTo(old.getMetadata().getName());
		assertThat(moved.getStatus().getPodIP()).isNotEqualTo(old.getStatus().getPodIP());
		return moved;
	}

	private static Predicate<String> stillWaiting() {
		return (line) -> line.contains("Still waiting") && line.contains("fortune (http");
	}

}
