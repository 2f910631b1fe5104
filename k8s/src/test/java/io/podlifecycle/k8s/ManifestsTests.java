package io.podlifecycle.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What holds for every manifest, base and overlays alike.
 */
class ManifestsTests {

	private static final String CLIENT = "fortune-client";

	static Stream<Path> kustomizations() throws IOException {
		return Stream.concat(Stream.of(Path.of("book"), Path.of("chart"), Path.of("job")), overlays());
	}

	/** And the base, which is one without changes. */
	static Stream<Path> overlays() throws IOException {
		try (Stream<Path> overlays = Files.list(Path.of("overlays"))) {
			return Stream.concat(Stream.of(Path.of("base")), overlays.sorted().toList().stream());
		}
	}

	@ParameterizedTest
	@MethodSource("kustomizations")
	void everyFieldIsKnownToTheSchema(Path directory) {
		assertThat(resources(directory)).isNotEmpty();
	}

	@Test
	void aFieldThatIsNotInTheSchemaIsFound() {
		List<Map<String, Object>> manifests = Kustomization.render(Path.of("base"));
		Manifests.editContainer(manifests, CLIENT,
				(container) -> Kustomization.map(container.get("securityContext")).put("readOnlyRootFileSystem", true));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> manifests.forEach(StrictModel::parse))
			.withMessageContaining("readOnlyRootFileSystem");
	}

	@ParameterizedTest
	@MethodSource("kustomizations")
	void everyPodKeepsToTheRestrictedPodSecurityStandard(Path directory) {
		for (PodSpec pod : pods(directory)) {
			assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
			assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
			assertThat(pod.getVolumes()).allSatisfy((volume) -> assertThat(volume.getHostPath()).isNull());
			assertThat(containers(pod)).allSatisfy((container) -> {
				assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
				assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
				assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
			});
		}
	}

	@ParameterizedTest
	@MethodSource("kustomizations")
	void everyContainerSaysWhatItNeeds(Path directory) {
		assertThat(pods(directory).stream().flatMap((pod) -> containers(pod).stream())).allSatisfy((container) -> {
			assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
			assertThat(container.getResources().getLimits()).containsKeys("memory");
		});
	}

	@ParameterizedTest
	@MethodSource("overlays")
	void theClientIsSpreadOverNodesAndHasADisruptionBudget(Path directory) {
		Deployment client = client(directory);
		Map<String, String> labels = client.getSpec().getTemplate().getMetadata().getLabels();
		assertThat(client.getSpec().getTemplate().getSpec().getTopologySpreadConstraints()).singleElement()
			.satisfies((constraint) -> assertThat(labels)
				.containsAllEntriesOf(constraint.getLabelSelector().getMatchLabels()));
		assertThat(resources(directory)).filteredOn(PodDisruptionBudget.class::isInstance)
			.singleElement()
			.satisfies((budget) -> assertThat(labels)
				.containsAllEntriesOf(((PodDisruptionBudget) budget).getSpec().getSelector().getMatchLabels()));
	}

	@ParameterizedTest
	@MethodSource("overlays")
	void theGracePeriodStandsInOnePlaceAndReachesKubeletAndApplication(Path directory) {
		Deployment client = client(directory);
		String grace = client.getMetadata().getAnnotations().get("grace-period-seconds");
		assertThat(client.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
			.isEqualTo(Long.valueOf(grace));
		assertThatVariable(client, "POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD").isEqualTo(grace);
	}

	@Test
	void theComponentGivesAnExistingChartItsGracePeriodAndItsProbeAndTakesItsHook() {
		Deployment chart = (Deployment) resources(Path.of("chart")).get(0);
		Container container = chart.getSpec().getTemplate().getSpec().getContainers().get(0);
		assertThat(chart.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds()).isEqualTo(40);
		assertThat(container.getEnv()).extracting(EnvVar::getName, EnvVar::getValue)
			.contains(tuple("POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD", "40"), tuple("FORTUNE_URL", "http://fortune/"));
		assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/actuator/health/liveness");
		assertThat(container.getStartupProbe().getTcpSocket()).isNull();
		assertThat(container.getLifecycle().getPreStop()).isNull();
		assertThat(chart.getMetadata().getName()).isEqualTo("orders");
	}

	@Test
	void aCloudLoadBalancerIsGivenAMinute() {
		Deployment client = client(Path.of("overlays", "cloud-load-balancer"));
		assertThat(client.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds()).isEqualTo(90);
		assertThatVariable(client, "POD_LIFECYCLE_SHUTDOWN_PROPAGATION_MAX").isEqualTo("60s");
	}

	@Test
	void theApplicationKnowsHowLongThePreStopHookSleeps() {
		Deployment client = client(Path.of("overlays", "prestop-sleep"));
		Container container = client.getSpec().getTemplate().getSpec().getContainers().get(0);
		Long seconds = container.getLifecycle().getPreStop().getSleep().getSeconds();
		assertThatVariable(client, "POD_LIFECYCLE_SHUTDOWN_PRE_STOP_DELAY").isEqualTo(seconds + "s");
	}

	@Test
	void aSingleReplicaIsReplacedBeforeItGoes() {
		Deployment client = client(Path.of("overlays", "single-replica"));
		assertThat(client.getSpec().getReplicas()).isEqualTo(1);
		assertThat(client.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
		assertThatVariable(client, "POD_LIFECYCLE_SHUTDOWN_REFUSE_READINESS").isEqualTo("after-propagation");
	}

	private static AbstractStringAssert<?> assertThatVariable(Deployment deployment, String name) {
		Container container = deployment.getSpec()
			.getTemplate()
			.getSpec()
			.getContainers()
			.stream()
			.filter((candidate) -> candidate.getName().equals(deployment.getMetadata().getName()))
			.findFirst()
			.orElseThrow();
		Map<String, String> environment = new HashMap<>();
		for (EnvVar variable : container.getEnv()) {
			environment.put(variable.getName(), variable.getValue());
		}
		return assertThat(environment.get(name)).as(name);
	}

	private static List<HasMetadata> resources(Path directory) {
		return Kustomization.render(directory).stream().map(StrictModel::parse).toList();
	}

	private static Deployment client(Path directory) {
		return resources(directory).stream()
			.filter(Deployment.class::isInstance)
			.map(Deployment.class::cast)
			.filter((deployment) -> Objects.equals(deployment.getMetadata().getName(), CLIENT))
			.findFirst()
			.orElseThrow();
	}

	private static List<PodSpec> pods(Path directory) {
		List<PodSpec> pods = resources(directory).stream().flatMap(ManifestsTests::pod).toList();
		assertThat(pods).isNotEmpty();
		return pods;
	}

	private static Stream<PodSpec> pod(HasMetadata resource) {
		if (resource instanceof Deployment deployment) {
			return Stream.of(deployment.getSpec().getTemplate().getSpec());
		}
		if (resource instanceof StatefulSet set) {
			return Stream.of(set.getSpec().getTemplate().getSpec());
		}
		if (resource instanceof Job job) {
			return Stream.of(job.getSpec().getTemplate().getSpec());
		}
		return (resource instanceof Pod pod) ? Stream.of(pod.getSpec()) : Stream.empty();
	}

	private static List<Container> containers(PodSpec pod) {
		return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()).toList();
	}

}
