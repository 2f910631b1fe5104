package io.podlifecycle.k8s;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Changes that tests make to the container of a Deployment, which is a map as it was read
 * from YAML.
 */
final class Manifests {

	private Manifests() {
	}

	static void editContainer(List<Map<String, Object>> manifests, String deployment,
			Consumer<Map<String, Object>> edit) {
		Map<String, Object> found = manifests.stream()
			.filter((manifest) -> "Deployment".equals(manifest.get("kind"))
					&& Objects.equals(Kustomization.map(manifest.get("metadata")).get("name"), deployment))
			.findFirst()
			.orElseThrow();
		Map<String, Object> template = Kustomization.map(Kustomization.map(found.get("spec")).get("template"));
		edit.accept(Kustomization.maps(Kustomization.map(template.get("spec")).get("containers")).get(0));
	}

	static Consumer<Map<String, Object>> environment(String name, String value) {
		return (container) -> Kustomization.maps(container.get("env")).add(Map.of("name", name, "value", value));
	}

	/** By exec, which old servers know too. */
	static Consumer<Map<String, Object>> preStopSleep(int seconds) {
		List<String> command = List.of("sleep", String.valueOf(seconds));
		return (container) -> container.put("lifecycle", Map.of("preStop", Map.of("exec", Map.of("command", command))));
	}

}
