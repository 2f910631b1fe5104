package io.podlifecycle.k8s;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerTranslationTests {

	@Test
	void currentServerGetsWhatIsWritten() {
		assertThat(server("policy/v1").translate(budget())).isEqualTo(budget());
	}

	@Test
	void oldServerGetsTheOldVersion() {
		assertThat(server("policy/v1beta1").translate(budget())).containsEntry("apiVersion", "policy/v1beta1");
	}

	@Test
	void whatTheServerHasInNoVersionSkipsTheTest() {
		assertThatExceptionOfType(TestAbortedException.class).isThrownBy(() -> server().translate(budget()))
			.withMessage("The API server (v1.20.0) does not serve PodDisruptionBudget of policy/v1");
	}

	@Test
	void fieldThatTheServerDropsSkipsTheTest() {
		Map<String, Object> pod = new HashMap<>(Map.of("apiVersion", "v1", "kind", "Pod", "spec",
				Map.of("initContainers", List.of(Map.of("name", "proxy", "restartPolicy", "Always")))));
		assertThat(server("v1").translate(pod)).isSameAs(pod);
		ServerTranslation old = server((manifest) -> Map.of("spec", Map.of("initContainers", List.of())));
		assertThatExceptionOfType(TestAbortedException.class).isThrownBy(() -> old.translate(pod))
			.withMessage("The API server (v1.20.0) does not serve initContainers.restartPolicy");
	}

	@Test
	void oldServerGetsASleepByExec() {
		assertThat(server("v1").translate(sleeping())).isEqualTo(sleeping());
		ServerTranslation old = server((manifest) -> {
			throw new KubernetesClientException("spec.containers[0].lifecycle.preStop: must specify a handler type");
		});
		assertThat(old.translate(sleeping()).toString()).doesNotContain("sleep={")
			.contains("preStop={exec={command=[sleep, 5]}}");
	}

	@Test
	void whatTheServerRefusesForAnotherReasonFailsTheTest() {
		ServerTranslation server = server((manifest) -> {
			throw new KubernetesClientException("spec.containers: Required value");
		});
		assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> server.translate(sleeping()));
	}

	private static Map<String, Object> sleeping() {
		Map<String, Object> lifecycle = new HashMap<>(Map.of("preStop", Map.of("sleep", Map.of("seconds", 5))));
		return new HashMap<>(Map.of("apiVersion", "v1", "kind", "Pod", "spec",
				Map.of("containers", List.of(Map.of("lifecycle", lifecycle)))));
	}

	private static Map<String, Object> budget() {
		return new HashMap<>(Map.of("apiVersion", "policy/v1", "kind", "PodDisruptionBudget"));
	}

	private static ServerTranslation server(String... apiVersions) {
		return new ServerTranslation("v1.20.0", (apiVersion, kind) -> Set.of(apiVersions).contains(apiVersion),
				UnaryOperator.identity());
	}

	private static ServerTranslation server(UnaryOperator<Map<String, Object>> echo) {
		return new ServerTranslation("v1.20.0", (apiVersion, kind) -> true, echo);
	}

}
