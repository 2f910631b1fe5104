package io.podlifecycle.k8s;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerTranslationTests {

	@Test
	void currentServerGetsWhatIsWritten() {
		assertThat(server(33, "policy/v1").translate(budget())).isEqualTo(budget());
	}

	@Test
	void oldServerGetsTheOldVersion() {
		assertThat(server(20, "policy/v1beta1").translate(budget())).containsEntry("apiVersion", "policy/v1beta1");
	}

	@Test
	void whatTheServerHasInNoVersionSkipsTheTest() {
		assertThatExceptionOfType(TestAbortedException.class).isThrownBy(() -> server(20).translate(budget()))
			.withMessage("v1.20.0 serves no PodDisruptionBudget of policy/v1");
	}

	@Test
	void fieldThatTheServerWouldIgnoreSkipsTheTest() {
		Map<String, Object> pod = new HashMap<>(Map.of("apiVersion", "v1", "kind", "Pod", "spec",
				Map.of("initContainers", List.of(Map.of("name", "proxy", "restartPolicy", "Always")))));
		assertThat(server(29, "v1").translate(pod)).isSameAs(pod);
		assertThatExceptionOfType(TestAbortedException.class).isThrownBy(() -> server(20, "v1").translate(pod))
			.withMessage("v1.20.0 does not know initContainers.restartPolicy, which came with 1.29");
	}

	@Test
	void oldServerGetsASleepByExec() {
		assertThat(server(30, "v1").translate(sleeping())).isEqualTo(sleeping());
		assertThat(server(29, "v1").translate(sleeping()).toString()).doesNotContain("sleep={")
			.contains("preStop={exec={command=[sleep, 5]}}");
	}

	private static Map<String, Object> sleeping() {
		Map<String, Object> lifecycle = new HashMap<>(Map.of("preStop", Map.of("sleep", Map.of("seconds", 5))));
		return new HashMap<>(Map.of("apiVersion", "v1", "kind", "Pod", "spec",
				Map.of("containers", List.of(Map.of("lifecycle", lifecycle)))));
	}

	private static Map<String, Object> budget() {
		return new HashMap<>(Map.of("apiVersion", "policy/v1", "kind", "PodDisruptionBudget"));
	}

	private static ServerTranslation server(int minor, String... apiVersions) {
		return new ServerTranslation("v1." + minor + ".0", minor,
				(apiVersion, kind) -> Set.of(apiVersions).contains(apiVersion));
	}

}
