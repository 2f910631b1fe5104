package io.podlifecycle.k8s;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.podlifecycle.k8s.PodHistory.PodEnd;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * What Kubernetes 1.30 and later do with a pod. A test whose field the API server does
 * not serve is skipped, and says so. Runs alone, since a resized pod takes most of a
 * small node.
 */
@ClusterTest
@Isolated
@Tag("full")
class CurrentFieldsIntegrationTests {

	private static final String SLICES = "discovery.k8s.io/v1";

	private static final int INVALID = 422;

	private static final int GRACE = 10;

	private static final Integer SIGTERM = 143;

	private static final String TERMINATES_AT_ONCE = "trap 'exit 0' TERM; while :; do sleep 0.2; done";

	private static final String DRAINS_FOR_4_SECONDS = "trap 'sleep 4; exit 0' TERM; while :; do sleep 0.2; done";

	@Test
	void aNativeSidecarStartsBeforeTheMainContainerAndEndsAfterIt(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.fortune(cluster);
		List<Map<String, Object>> manifests = FortunePod.named("main")
			.command("sh", "-c", DRAINS_FOR_4_SECONDS)
			.and("sidecar")
			.manifests();
		Map<String, Object> spec = Kustomization.map(manifests.get(0).get("spec"));
		List<Map<String, Object>> containers = Kustomization.maps(spec.get("containers"));
		Map<String, Object> sidecar = new HashMap<>(containers.remove(1));
		sidecar.put("command", List.of("sh", "-c", TERMINATES_AT_ONCE));
		sidecar.put("restartPolicy", "Always");
		spec.put("initContainers", List.of(sidecar));
		namespace.apply(manifests);
		Pod running = namespace.pods().await("main", Pods.is("main", ContainerStatus::getReady));
		assertThat(started(statuses(running).get(0))).isBeforeOrEqualTo(started(statuses(running).get(1)));
		namespace.pods().delete(running);
		Pod ended = namespace.pods()
			.await("main", (pod) -> statuses(pod).stream().allMatch((status) -> terminated(status) != null));
		Instant main = finished(statuses(ended).get(1));
		assertThat(finished(statuses(ended).get(0))).isAfterOrEqualTo(main);
		assertThat(Duration.between(started(statuses(running).get(1)), main)).isGreaterThan(Duration.ofSeconds(3));
		System.out.printf("SIDECAR %s: ended %s after the main container%n", cluster,
				Duration.between(main, finished(statuses(ended).get(0))));
	}

	/** First the init containers' statuses, then those of the others. */
	private static List<ContainerStatus> statuses(Pod pod) {
		return Stream
			.concat(pod.getStatus().getInitContainerStatuses().stream(),
					pod.getStatus().getContainerStatuses().stream())
			.toList();
	}

	private static Instant started(ContainerStatus status) {
		return Instant.parse(status.getState().getRunning().getStartedAt());
	}

	private static @Nullable ContainerStateTerminated terminated(ContainerStatus status) {
		return status.getState().getTerminated();
	}

	private static Instant finished(ContainerStatus status) {
		return Instant.parse(Objects.requireNonNull(terminated(status)).getFinishedAt());
	}

	@Test
	void aSleepAsPreStopHookDelaysSigterm(Cluster cluster, TestNamespace namespace) throws Exception {
		PodEnd end = endAfterSleep(cluster, namespace, 5);
		System.out.printf("PRE-STOP SLEEP %s: %s%n", cluster, end);
		assertThat(end.took()).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void aSleepOfZeroSecondsDelaysNothing(Cluster cluster, TestNamespace namespace) throws Exception {
		PodEnd end = endAfterSleep(cluster, namespace, 0);
		System.out.printf("PRE-STOP SLEEP %s: %s%n", cluster, end);
		assertThat(end.took()).isLessThan(Duration.ofSeconds(GRACE));
	}

	private static PodEnd endAfterSleep(Cluster cluster, TestNamespace namespace, int seconds) throws Exception {
		Images.fortune(cluster);
		String name = "sleeps-" + seconds;
		try {
			namespace.apply(FortunePod.named(name)
				.command("sh", "-c", TERMINATES_AT_ONCE)
				.with("lifecycle",
						new HashMap<>(Map.of("preStop", new HashMap<>(Map.of("sleep", Map.of("seconds", seconds))))))
				.manifests());
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() == INVALID && String.valueOf(ex.getMessage()).contains("sleep.seconds")) {
				abort("The API server (" + cluster + ") does not serve preStop.sleep of " + seconds + " s");
			}
			throw ex;
		}
		Pod created = namespace.pods().list(name).get(0);
		if (created.getSpec().getContainers().get(0).getLifecycle().getPreStop().getSleep() == null) {
			abort("The API server (" + cluster + ") does not serve preStop.sleep");
		}
		namespace.pods().delete(namespace.pods().await(name, Pods.is(name, ContainerStatus::getReady)));
		return namespace.history().awaitEnd(name);
	}

	@Test
	void theOnlyEndpointServesWhileItTerminatesIfReadinessIsRefusedAfterThePropagationDelay(Cluster cluster,
			TestNamespace namespace) throws Exception {
		requireSlices(cluster);
		Images.fortune(cluster);
		namespace.apply(FortunePod.named("asker").manifests());
		Pod asker = namespace.pods().await("asker", Pods.is("asker", ContainerStatus::getReady));
		terminates(cluster, namespace, "after-propagation", CurrentFieldsIntegrationTests::isServing,
				(service) -> assertThat(namespace.pods()
					.exec(asker, "asker", "wget", "-q", "-T", "5", "-O", "-", "http://" + service + "/hello"))
					.isNotBlank());
	}

	@Test
	void theOnlyEndpointDoesNotServeWhileItTerminatesIfReadinessIsRefusedImmediately(Cluster cluster,
			TestNamespace namespace) throws Exception {
		requireSlices(cluster);
		terminates(cluster, namespace, "immediately", (conditions) -> !isServing(conditions), (service) -> {
		});
	}

	private static void requireSlices(Cluster cluster) {
		if (!ServerTranslation.of(cluster.client()).apiVersion(SLICES, "EndpointSlice").equals(SLICES)) {
			abort("The API server (" + cluster + ") does not serve EndpointSlice of " + SLICES);
		}
	}

	private static boolean isServing(EndpointConditions conditions) {
		return Boolean.TRUE.equals(conditions.getServing());
	}

	/** Behind a Service without another endpoint, with a delay of 18 s. */
	private static void terminates(Cluster cluster, TestNamespace namespace, String refusal,
			Predicate<EndpointConditions> expected, Meanwhile meanwhile) throws Exception {
		Images.sampleApp(cluster);
		String name = "only-" + refusal;
		Consumer<Map<String, Object>> fixed = Manifests.environment("POD_LIFECYCLE_SHUTDOWN_PROPAGATION_MODE", "fixed")
			.andThen(Manifests.environment("POD_LIFECYCLE_SHUTDOWN_PROPAGATION_MAX", "18s"))
			.andThen(Manifests.environment("POD_LIFECYCLE_SHUTDOWN_REFUSE_READINESS", refusal));
		ServedApplication.deploy(namespace, name, 1, fixed);
		new DeployedApplication(cluster, namespace, name).awaitAvailable();
		Pod pod = namespace.pods().await(name, Pods.is(name, ContainerStatus::getReady));
		EndpointConditions ready = awaitEndpoint(cluster, namespace, name, CurrentFieldsIntegrationTests::isServing);
		if (ready.getTerminating() == null) {
			abort("The API server (" + cluster + ") does not serve EndpointSlice.endpoints.conditions.terminating");
		}
		namespace.remove(pod);
		EndpointConditions seen = awaitEndpoint(cluster, namespace, name,
				(conditions) -> Boolean.TRUE.equals(conditions.getTerminating()) && expected.test(conditions));
		meanwhile.happens(name);
		System.out.printf("TERMINATING %s, %s: %s%n", cluster, refusal, seen);
		PodEnd end = namespace.history().awaitEnd(name);
		ShutdownIntegrationTests.assertExitCode(end, SIGTERM);
		assertThat(end.took()).isGreaterThan(Duration.ofSeconds(15));
	}

	private static EndpointConditions awaitEndpoint(Cluster cluster, TestNamespace namespace, String service,
			Predicate<EndpointConditions> condition) throws Exception {
		var slices = cluster.client()
			.discovery()
			.v1()
			.endpointSlices()
			.inNamespace(namespace.name())
			.withLabel("kubernetes.io/service-name", service)
			.informOnCondition((found) -> found.stream()
				.flatMap((slice) -> slice.getEndpoints().stream())
				.anyMatch((endpoint) -> condition.test(endpoint.getConditions())))
			.get(2, TimeUnit.MINUTES);
		return slices.stream()
			.flatMap((slice) -> slice.getEndpoints().stream())
			.map((endpoint) -> endpoint.getConditions())
			.filter(condition)
			.findFirst()
			.orElseThrow();
	}

	@Test
	void aPodThatIsResizedServesOnWithoutARestart(Cluster cluster, TestNamespace namespace) throws Exception {
		if (cluster.client()
			.getApiResources("v1")
			.getResources()
			.stream()
			.noneMatch((resource) -> "pods/resize".equals(resource.getName()))) {
			abort("The API server (" + cluster + ") does not serve pods/resize");
		}
		Images.sampleApp(cluster);
		String name = "resized";
		ServedApplication.deploy(namespace, name, 1,
				(container) -> Kustomization.map(Kustomization.map(container.get("resources")).get("limits"))
					.put("cpu", "1500m"));
		Images.load(cluster);
		try (PodStories stories = new PodStories(cluster.client(), namespace.name())) {
			ServedApplication application = ServedApplication.await(cluster, namespace, name, stories);
			application.load().awaitReady();
			Pod pod = application.deployment().pods().get(0);
			// Up and down. Requests and limits differ, so the quality of service does not
			// change, which would be refused.
			assertServesWhileResized(cluster, application, () -> resize(cluster, namespace, pod, "150m", "2"));
			assertServesWhileResized(cluster, application, () -> resize(cluster, namespace, pod, "100m", "1"));
			assertThat(application.deployment().pods()).singleElement().satisfies((now) -> {
				assertThat(now.getMetadata().getUid()).isEqualTo(pod.getMetadata().getUid());
				assertThat(Pods.container(now, name).getRestartCount()).isZero();
				assertThat(Pods.container(now, name).getReady()).isTrue();
			});
		}
	}

	private static void assertServesWhileResized(Cluster cluster, ServedApplication application, Callable<Pod> resize)
			throws Exception {
		ServedApplication.Seen seen = application.during((served) -> resize.call());
		System.out.printf("RESIZE %s: %s%n", cluster, seen);
		assertThat(seen.ends()).isEmpty();
		assertThat(seen.clients()).isNotEmpty()
			.allSatisfy((kind, counts) -> assertThat(counts.failed()).as(kind).isZero())
			.allSatisfy((kind, counts) -> assertThat(counts.requests() + counts.events()).as(kind).isPositive());
	}

	/** Until the kubelet reports that the container has what it was given. */
	private static Pod resize(Cluster cluster, TestNamespace namespace, Pod pod, String request, String limit)
			throws Exception {
		String container = pod.getSpec().getContainers().get(0).getName();
		cluster.client()
			.pods()
			.inNamespace(namespace.name())
			.withName(pod.getMetadata().getName())
			.subresource("resize")
			.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), """
					{"spec": {"containers": [{"name": "%s", "resources":
					  {"requests": {"cpu": "%s"}, "limits": {"cpu": "%s"}}}]}}
					""".formatted(container, request, limit));
		return namespace.pods()
			.await(container,
					Pods.is(container,
							(status) -> status.getResources() != null
									&& new Quantity(request).equals(status.getResources().getRequests().get("cpu"))
									&& new Quantity(limit).equals(status.getResources().getLimits().get("cpu"))));
	}

	private interface Meanwhile {

		void happens(String service) throws Exception;

	}

}
