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
 * The fortune client of the Kubernetes books, whose init container waits for the fortune
 * server, side by side with one that waits by itself.
 */
@ClusterTest
@Tag("full")
class BookPairIntegrationTests {

	private static final String OURS = "spring-client";

	private static final String BOOKS = "fortune-client";

	private static final String SERVER = "fortune-server";

	@Test
	void bothClientsWaitForTheServiceAndNeitherIsRestarted(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.sampleApp(cluster);
		Images.fortune(cluster);
		List<Map<String, Object>> book = Kustomization.render(Path.of("book"));
		Pods pods = namespace.pods();
		namespace.apply(Manifests.only(book, SERVER));
		namespace.apply(Manifests.only(book, BOOKS));
		namespace.apply(Manifests.application(OURS, "fortune-client", 10, Manifests::probeEachSecond));
		Pod server = pods.await(SERVER, Pods.is("web-server", ContainerStatus::getReady));
		assertThat(pods.exec(server, "web-server", "cat", "/srv/www/index.html")).isNotBlank();
		Pod waiting = pods.await(BOOKS,
				(pod) -> pod.getStatus()
					.getInitContainerStatuses()
					.stream()
					.anyMatch((container) -> container.getState().getRunning() != null));
		assertThat(waiting.getStatus().getPhase()).isEqualTo("Pending");
		Pod ours = pods.await(OURS, Pods.is(OURS, (container) -> Boolean.TRUE.equals(container.getStarted())));
		assertThat(ours.getStatus().getPhase()).isEqualTo("Running");
		Instant created = Instant.now();
		namespace.apply(Manifests.only(book, "fortune"));
		Pod booksReady = pods.await(BOOKS, Pods.is(BOOKS, ContainerStatus::getReady));
		Duration books = Duration.between(created, Instant.now());
		Pod oursReady = pods.await(OURS, Pods.is(OURS, ContainerStatus::getReady));
		List<String> log = pods.log(oursReady, OURS);
		Instant noticed = Pods.timeOf(log, "Done waiting");
		System.out.printf(
				"INIT CONTAINER %s: %d ms from the Service to a ready pod; by itself it noticed after %d ms "
						+ "and was ready after %d ms, %d ms of which are its refresh%n",
				cluster, books.toMillis(), Duration.between(created, noticed).toMillis(),
				Duration.between(created, Pods.since(oursReady, "Ready")).toMillis(),
				Duration.between(noticed, Pods.timeOf(log, "Started SampleApplication")).toMillis());
		assertThat(Pods.container(booksReady, BOOKS).getRestartCount()).isZero();
		assertThat(Pods.container(oursReady, OURS).getRestartCount()).isZero();
		assertThat(oursReady.getMetadata().getName()).isEqualTo(ours.getMetadata().getName());
		assertThat(pods.awaitLine(booksReady, BOOKS, (line) -> !line.isBlank())).isNotBlank();
		pods.awaitLine(oursReady, OURS, (line) -> line.contains("Fortune: "));
	}

}
