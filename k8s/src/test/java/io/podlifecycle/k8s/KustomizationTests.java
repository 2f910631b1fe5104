package io.podlifecycle.k8s;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class KustomizationTests {

	private static final Path BASE = Path.of("base");

	@Test
	void gracePeriodIsAnIntegerForTheKubeletAndAStringForTheApplication() {
		Map<String, Object> pod = podSpec();
		Map<String, Object> env = Kustomization.maps(container(pod).get("env"))
			.stream()
			.filter((variable) -> "POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD".equals(variable.get("name")))
			.findFirst()
			.orElseThrow();
		assertThat(pod.get("terminationGracePeriodSeconds")).isInstanceOf(Integer.class).isEqualTo(40);
		assertThat(env.get("value")).isInstanceOf(String.class).isEqualTo("40");
	}

	@Test
	void startupProbeAsksLivenessAndOnlyReadinessAsksReadiness() {
		Map<String, Object> container = container(podSpec());
		assertThat(path(container.get("startupProbe"))).isEqualTo("/actuator/health/liveness");
		assertThat(path(container.get("livenessProbe"))).isEqualTo("/actuator/health/liveness");
		assertThat(path(container.get("readinessProbe"))).isEqualTo("/actuator/health/readiness");
	}

	@ParameterizedTest
	@MethodSource("io.podlifecycle.k8s.ManifestsTests#kustomizations")
	void rendersWhatKubectlRenders(Path directory) throws Exception {
		Map<String, Map<String, Object>> expected = byName(Kustomization.documents(kubectlKustomize(directory)));
		assertThat(byName(Kustomization.render(directory))).isEqualTo(expected);
	}

	@Test
	void refusesWhatItDoesNotKnow(@TempDir Path directory) throws Exception {
		Files.writeString(directory.resolve("kustomization.yaml"), "resources: []\nnamePrefix: a-\n");
		assertThatIllegalStateException().isThrownBy(() -> Kustomization.render(directory))
			.withMessageContaining("namePrefix");
	}

	/** {@code replacements} came with kustomize 4.2, which came with kubectl 1.22. */
	private static String kubectlKustomize(Path directory) throws InterruptedException {
		try {
			String version = output("kubectl", "version", "--client");
			assumeTrue(version.matches("(?s).*Kustomize Version: v[5-9].*"), "kubectl bundles kustomize 5 or later");
			return output("kubectl", "kustomize", directory.toString());
		}
		catch (IOException ex) {
			return abort("There is no kubectl to compare with");
		}
	}

	private static String output(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return output;
	}

	private static Map<String, Map<String, Object>> byName(List<Map<String, Object>> manifests) {
		return manifests.stream()
			.collect(Collectors.toMap(
					(manifest) -> manifest.get("kind") + "/" + Kustomization.map(manifest.get("metadata")).get("name"),
					(manifest) -> manifest));
	}

	private static Map<String, Object> podSpec() {
		Map<String, Object> deployment = Kustomization
			.map(byName(Kustomization.render(BASE)).get("Deployment/fortune-client"));
		Map<String, Object> template = Kustomization.map(Kustomization.map(deployment.get("spec")).get("template"));
		return Kustomization.map(template.get("spec"));
	}

	private static Map<String, Object> container(Map<String, Object> podSpec) {
		return Kustomization.maps(podSpec.get("containers")).get(0);
	}

	private static @Nullable Object path(@Nullable Object probe) {
		return Kustomization.map(Kustomization.map(probe).get("httpGet")).get("path");
	}

}
