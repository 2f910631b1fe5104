package io.podlifecycle.k8s;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podlifecycle.rehearsal.advice.Finding;
import io.podlifecycle.rehearsal.advice.ManifestAdvice;
import io.podlifecycle.rehearsal.advice.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our own manifests keep to the advice that we give.
 */
class AdviceTests {

	private static final Path CONFIG = Path.of("../sample-app/src/main/resources/application.yml");

	static Stream<Path> overlays() throws IOException {
		return ManifestsTests.overlays();
	}

	@ParameterizedTest
	@MethodSource("overlays")
	void thereIsNothingToMend(Path directory) throws IOException {
		assertThat(findings(Kustomization.render(directory))).isEmpty();
	}

	@Test
	void aPathOfTheHookThatOldKubeletsDoNotUnderstandIsFound() throws IOException {
		List<Map<String, Object>> manifests = Kustomization.render(Path.of("overlays", "prestop-http"));
		Manifests.editContainer(manifests, "fortune-client", (container) -> {
			Map<String, Object> hook = Kustomization.map(Kustomization.map(container.get("lifecycle")).get("preStop"));
			Kustomization.map(hook.get("httpGet")).put("path", "/actuator/prestop");
		});
		assertThat(findings(manifests)).extracting(Finding::rule).containsExactly(Rule.PRE_STOP_SLASH);
	}

	private static List<Finding> findings(List<Map<String, Object>> manifests) throws IOException {
		ManifestAdvice advice = new ManifestAdvice().config(CONFIG);
		KubernetesSerialization serialization = new KubernetesSerialization();
		manifests.forEach((manifest) -> advice.manifest("rendered", serialization.asJson(manifest)));
		assertThat(advice.resources()).isNotEmpty();
		return advice.findings();
	}

}
