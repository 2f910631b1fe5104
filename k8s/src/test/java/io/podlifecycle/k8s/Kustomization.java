package io.podlifecycle.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/**
 * Renders a kustomization, so that the tests need no {@code kustomize}. It knows what
 * {@code k8s/base} and {@code k8s/overlays} use, and fails on anything else: resources,
 * strategic merge patches, numbers of replicas, names of images, and replacements of one
 * scalar by another, and components, in kustomize's order. A patch or a replacement
 * without a name is for the only resource of its kind.
 */
final class Kustomization {

	private static final Pattern STEP = Pattern.compile("\\[[^\\]]+\\]|[^.\\[\\]]+");

	private final Path directory;

	private final List<Map<String, Object>> manifests;

	private Kustomization(Path directory, List<Map<String, Object>> manifests) {
		this.directory = directory;
		this.manifests = manifests;
	}

	static List<Map<String, Object>> render(Path directory) {
		Kustomization kustomization = new Kustomization(directory, new ArrayList<>());
		kustomization.apply();
		return kustomization.manifests;
	}

	private void apply() {
		Map<String, Object> root = documents(this.directory.resolve("kustomization.yaml")).get(0);
		requireOnly(root, "apiVersion", "kind", "resources", "components", "patches", "replicas", "images",
				"replacements");
		strings(root.getOrDefault("resources", List.of())).forEach(this::addResource);
		strings(root.getOrDefault("components", List.of()))
			.forEach((name) -> new Kustomization(this.directory.resolve(name).normalize(), this.manifests).apply());
		maps(root.getOrDefault("patches", List.of())).forEach(this::patch);
		maps(root.getOrDefault("replicas", List.of())).forEach(this::setReplicas);
		maps(root.getOrDefault("images", List.of())).forEach(this::setImage);
		maps(root.getOrDefault("replacements", List.of())).forEach(this::replace);
	}

	private void addResource(String name) {
		Path resource = this.directory.resolve(name).normalize();
		this.manifests.addAll(Files.isDirectory(resource) ? render(resource) : documents(resource));
	}

	private void patch(Map<String, Object> entry) {
		requireOnly(entry, "path", "patch", "target");
		List<Map<String, Object>> patches = entry.containsKey("path")
				? documents(this.directory.resolve(String.valueOf(entry.get("path"))))
				: documents(String.valueOf(entry.get("patch")));
		for (Map<String, Object> patch : patches) {
			if (entry.containsKey("target")) {
				requireOnly(map(entry.get("target")), "kind");
				map(patch.get("metadata")).remove("name");
			}
			Map<String, Object> target = select(patch.get("kind"), map(patch.get("metadata")).get("name"));
			if ("delete".equals(patch.get("$patch"))) {
				this.manifests.remove(target);
			}
			else {
				StrategicMerge.merge(target, patch);
			}
		}
	}

	private void setReplicas(Map<String, Object> replicas) {
		requireOnly(replicas, "name", "count");
		map(select("Deployment", replicas.get("name")).get("spec")).put("replicas", map(replicas).get("count"));
	}

	private void setImage(Map<String, Object> image) {
		requireOnly(image, "name", "newName", "newTag");
		this.manifests.stream()
			.filter((manifest) -> map(manifest.get("spec")).containsKey("template"))
			.map((manifest) -> map(map(map(manifest.get("spec")).get("template")).get("spec")))
			.flatMap((pod) -> Stream.of("initContainers", "containers")
				.flatMap((list) -> maps(pod.getOrDefault(list, List.of())).stream()))
			.filter((container) -> String.valueOf(container.get("image")).startsWith(image.get("name") + ":"))
			.forEach((container) -> container.put("image", image.get("newName") + ":" + image.get("newTag")));
	}

	private void replace(Map<String, Object> replacement) {
		requireOnly(replacement, "source", "targets");
		Map<String, Object> source = map(replacement.get("source"));
		requireOnly(source, "kind", "name", "fieldPath");
		List<Object> values = new ArrayList<>();
		visit(select(source.get("kind"), source.get("name")), steps(source.get("fieldPath")),
				(field) -> values.add(field.value()));
		for (Map<String, Object> target : maps(replacement.get("targets"))) {
			requireOnly(target, "select", "fieldPaths");
			Map<String, Object> selected = map(target.get("select"));
			requireOnly(selected, "kind", "name");
			for (String path : strings(target.get("fieldPaths"))) {
				visit(select(selected.get("kind"), selected.get("name")), steps(path),
						(field) -> field.set(values.get(0)));
			}
		}
	}

	private Map<String, Object> select(@Nullable Object kind, @Nullable Object name) {
		List<Map<String, Object>> found = this.manifests.stream()
			.filter((manifest) -> Objects.equals(manifest.get("kind"), kind)
					&& (name == null || name.equals(map(manifest.get("metadata")).get("name"))))
			.toList();
		if (found.size() != 1) {
			throw new IllegalStateException("There are " + found.size() + " of " + kind + "/" + name);
		}
		return found.get(0);
	}

	private static List<String> steps(@Nullable Object path) {
		return STEP.matcher(String.valueOf(path)).results().map(MatchResult::group).toList();
	}

	private static void visit(@Nullable Object node, List<String> steps, Consumer<Field> visitor) {
		String step = steps.get(0);
		if (step.startsWith("[")) {
			String[] condition = step.substring(1, step.length() - 1).split("=", 2);
			Object item = maps(node).stream()
				.filter((candidate) -> condition[1].equals(candidate.get(condition[0])))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("Nothing has " + step));
			visit(item, steps.subList(1, steps.size()), visitor);
		}
		else if (!map(node).containsKey(step)) {
			throw new IllegalStateException("There is no field '" + step + "' in " + node);
		}
		else if (steps.size() == 1) {
			visitor.accept(new Field(map(node), step));
		}
		else {
			visit(map(node).get(step), steps.subList(1, steps.size()), visitor);
		}
	}

	static List<Map<String, Object>> documents(Path file) {
		try {
			return documents(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<Map<String, Object>> documents(String yaml) {
		KubernetesSerialization serialization = new KubernetesSerialization();
		return Arrays.stream(yaml.split("(?m)^---\\s*$"))
			.filter((document) -> !document.isBlank())
			.map((document) -> map(serialization.unmarshal(document, Map.class)))
			.toList();
	}

	private static void requireOnly(Map<String, Object> map, String... known) {
		if (!Set.of(known).containsAll(map.keySet())) {
			throw new IllegalStateException("Only " + List.of(known) + " are understood here, not " + map.keySet());
		}
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(@Nullable Object value) {
		return (Map<String, Object>) Objects.requireNonNull(value, "There is no such field");
	}

	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> maps(@Nullable Object value) {
		return (List<Map<String, Object>>) Objects.requireNonNull(value, "There is no such field");
	}

	@SuppressWarnings("unchecked")
	private static List<String> strings(@Nullable Object value) {
		return (List<String>) Objects.requireNonNull(value, "There is no such field");
	}

	private record Field(Map<String, Object> parent, String name) {

		Object value() {
			return Objects.requireNonNull(this.parent.get(this.name), this.name);
		}

		/** As kustomize does: the value is replaced and the type stays. */
		void set(Object value) {
			boolean number = value() instanceof Integer;
			this.parent.put(this.name, number ? Integer.valueOf(value.toString()) : value.toString());
		}

	}

}
