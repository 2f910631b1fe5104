package io.podlifecycle.k8s;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Changes that tests make to rendered manifests.
 */
final class Manifests {

	private Manifests() {
	}

	static void addEnvironment(Map<String, Object> manifest, String deployment, Map<String, String> environment) {
		boolean matches = Objects.equals(manifest.get("kind"), "Deployment")
				&& Objects.equals(Kustomization.map(manifest.get("metadata")).get("name"), deployment);
		if (matches) {
			Map<String, Object> template = Kustomization.map(Kustomization.map(manifest.get("spec")).get("template"));
			Map<String, Object> container = Kustomization
				.maps(Kustomization.map(template.get("spec")).get("containers"))
				.get(0);
			List<Map<String, Object>> variables = Kustomization.maps(container.get("env"));
			environment.forEach((name, value) -> variables.add(Map.of("name", name, "value", value)));
		}
	}

}
