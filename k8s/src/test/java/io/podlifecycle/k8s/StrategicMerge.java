package io.podlifecycle.k8s;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Kubernetes' strategic merge of a patch into a manifest: fields are merged, {@code null}
 * removes one, and a list is replaced unless its items have a key by which they find each
 * other. The new list then begins with the items of the patch, as in kustomize.
 */
final class StrategicMerge {

	/** The lists that are merged, and the keys of their items. */
	private static final Map<String, String> KEYS = Map.of("containers", "name", "initContainers", "name", "env",
			"name", "volumes", "name", "ports", "containerPort", "volumeMounts", "mountPath",
			"topologySpreadConstraints", "topologyKey");

	private StrategicMerge() {
	}

	static void merge(Map<String, Object> into, Map<String, Object> patch) {
		patch.forEach((field, value) -> {
			@Nullable Object old = into.get(field);
			if (value == null) {
				into.remove(field);
			}
			else if (value instanceof Map<?, ?>) {
				Map<String, Object> merged = (old != null) ? Kustomization.map(old) : new HashMap<>();
				merge(merged, Kustomization.map(value));
				into.put(field, merged);
			}
			else if (KEYS.containsKey(field)) {
				List<Map<String, Object>> items = (old != null) ? Kustomization.maps(old) : List.of();
				into.put(field, merge(items, Kustomization.maps(value), KEYS.get(field)));
			}
			else if (old instanceof List<?> && !((List<?>) value).stream().allMatch(String.class::isInstance)) {
				throw new IllegalStateException("It is not known here how the list '" + field + "' is merged");
			}
			else {
				into.put(field, value);
			}
		});
	}

	private static List<Map<String, Object>> merge(List<Map<String, Object>> items, List<Map<String, Object>> patches,
			String key) {
		List<Map<String, Object>> rest = new ArrayList<>(items);
		List<Map<String, Object>> merged = new ArrayList<>();
		for (Map<String, Object> patch : patches) {
			Map<String, Object> item = rest.stream()
				.filter((candidate) -> Objects.equals(candidate.get(key), patch.get(key)))
				.findFirst()
				.orElseGet(HashMap::new);
			rest.remove(item);
			merge(item, patch);
			merged.add(item);
		}
		merged.addAll(rest);
		return merged;
	}

}
