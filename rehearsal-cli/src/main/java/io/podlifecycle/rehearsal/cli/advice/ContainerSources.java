package io.podlifecycle.rehearsal.cli.advice;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The variables and the files that a container gets from its pod.
 */
final class ContainerSources {

	/** Variables that hold more than one property. */
	private static final Pattern MANY = Pattern.compile(
			"SPRING_(?:APPLICATION_JSON|CONFIG_\\w+|PROFILES_\\w+)|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS");

	private final Workload workload;

	private final Node container;

	private final Map<String, Map<String, String>> data;

	private final Map<Node, String> unknown = new LinkedHashMap<>();

	ContainerSources(Workload workload, Node container, Map<String, Map<String, String>> data) {
		this.workload = workload;
		this.container = container;
		this.data = data;
	}

	/**
	 * Return the environment; {@code null} where a value comes from elsewhere.
	 */
	Map<String, @Nullable String> variables() {
		Map<String, @Nullable String> variables = new LinkedHashMap<>();
		for (Node from : this.container.get("envFrom").items()) {
			String prefix = from.get("prefix").text().orElse("");
			String source = source(from, "Ref").getKey();
			this.data.getOrDefault(source, Map.of()).forEach((key, value) -> variables.put(prefix + key, value));
			if (!this.data.containsKey(source)) {
				this.unknown.put(from, "The variables come from " + source
						+ ", which is not among the manifests: cannot tell what is set there");
			}
		}
		for (Node variable : this.container.get("env").items()) {
			String name = variable.get("name").text().orElse("");
			Node from = variable.get("valueFrom");
			String value = from.exists() ? reference(from) : variable.get("value").text().orElse("");
			variables.put(name, (value != null) ? ShellWords.expand(value, variables) : null);
			if (value == null && MANY.matcher(name).matches()) {
				this.unknown.put(from,
						"The value of " + name + " is not among the manifests: cannot tell what is set there");
			}
		}
		return variables;
	}

	private @Nullable String reference(Node from) {
		Map.Entry<String, Node> source = source(from, "KeyRef");
		return this.data.getOrDefault(source.getKey(), Map.of()).get(source.getValue().get("key").text().orElse(""));
	}

	/** Return the kind and the name of what is referred to, and the field that does. */
	private static Map.Entry<String, Node> source(Node from, String suffix) {
		Node configMap = from.get("configMap" + suffix);
		Node secret = from.get("secret" + suffix);
		return configMap.exists() ? Map.entry("ConfigMap " + configMap.get("name").text().orElse(""), configMap) : Map
			.entry("Secret " + secret.get("name").text().or(secret.get("secretName")::text).orElse(""), secret);
	}

	void mountInto(ConfigFiles files) {
		for (Node mount : this.container.get("volumeMounts").items()) {
			String name = mount.get("name").text().orElse("");
			this.workload.podSpec()
				.get("volumes")
				.items()
				.stream()
				.filter((volume) -> volume.get("name").text().orElse("").equals(name))
				.flatMap((volume) -> Stream.concat(Stream.of(volume),
						volume.get("projected").get("sources").items().stream()))
				.forEach((volume) -> mount(mount, volume, files));
		}
	}

	private void mount(Node mount, Node volume, ConfigFiles files) {
		Map.Entry<String, Node> source = source(volume, "");
		Map<String, String> values = this.data.getOrDefault(source.getKey(), Map.of());
		List<Node> items = source.getValue().get("items").items();
		Map<String, String> paths = new LinkedHashMap<>();
		values.keySet().stream().filter((key) -> items.isEmpty()).forEach((key) -> paths.put(key, key));
		items.forEach((item) -> paths.put(item.get("path").text().orElse(""), item.get("key").text().orElse("")));
		String mountPath = mount.get("mountPath").text().orElse("").replaceFirst("/+$", "");
		String subPath = mount.get("subPath").text().orElse("").replaceFirst("/+$", "");
		paths.forEach((path, key) -> {
			String value = values.get(key);
			if (value != null && (subPath.isEmpty() || path.equals(subPath) || path.startsWith(subPath + "/"))) {
				String rest = subPath.isEmpty() ? "/" + path : path.substring(subPath.length());
				files.mount(mountPath + rest, value.getBytes(StandardCharsets.UTF_8));
			}
		});
	}

	/**
	 * Return what may hold configuration that is not known, by its field.
	 */
	Map<Node, String> unknown(ConfigFiles files, AppProperties properties) {
		List<String> locations = properties.locations();
		Map<Node, String> all = new LinkedHashMap<>(this.unknown);
		locations.stream()
			.filter((location) -> !files.has(location))
			.forEach((location) -> all.put(new Node(this.container.path() + ".volumeMounts", location),
					"The application reads " + location
							+ ", which is not among the manifests: cannot tell what is set there"));
		files.mountedApplicationFiles()
			.stream()
			.filter((file) -> !files.isInWorkingDirectory(file))
			.filter((file) -> locations.stream().noneMatch((location) -> files.isAt(file, location)))
			.forEach((file) -> all.put(new Node(this.container.path() + ".workingDir", file),
					"The application reads " + file + " only from its working directory, or from config in it, and "
							+ "that is not said to be there"));
		return all;
	}

}
