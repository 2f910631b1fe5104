package io.podlifecycle.k8s;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The server accepts every manifest:
 * {@code kubectl apply --server-side --dry-run=server}.
 */
@ClusterTest
@Tag("full")
class ManifestsIntegrationTests {

	@TestFactory
	Stream<DynamicTest> theServerAccepts(TestNamespace namespace) throws IOException {
		return ManifestsTests.kustomizations().map((directory) -> DynamicTest.dynamicTest(directory.toString(), () -> {
			List<Map<String, Object>> manifests = Kustomization.render(directory);
			namespace.dryRun(manifests);
			// What the Pod Security standard refuses shows with the pods only.
			namespace.dryRun(manifests.stream().flatMap(ManifestsIntegrationTests::pod).toList());
		}));
	}

	@Test
	void theServerRefusesAFieldThatItDoesNotKnow(TestNamespace namespace) {
		List<Map<String, Object>> manifests = Kustomization.render(Path.of("base"));
		Manifests.podSpec(manifests, "fortune-client").put("gracePeriod", 30);
		assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> namespace.dryRun(manifests))
			.withMessageContaining("gracePeriod");
	}

	private static Stream<Map<String, Object>> pod(Map<String, Object> manifest) {
		Map<String, Object> spec = Kustomization.map(manifest.get("spec"));
		if (!spec.containsKey("template")) {
			return Stream.empty();
		}
		Map<String, Object> name = Map.of("name", "dry-" + Kustomization.map(manifest.get("metadata")).get("name"));
		return Stream.of(new HashMap<>(Map.of("apiVersion", "v1", "kind", "Pod", "metadata", name, "spec",
				Kustomization.map(Kustomization.map(spec.get("template")).get("spec")))));
	}

}
