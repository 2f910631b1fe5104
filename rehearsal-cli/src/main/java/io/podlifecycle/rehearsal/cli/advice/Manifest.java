package io.podlifecycle.rehearsal.cli.advice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The resources of one text: any number of documents, of which some may be lists.
 */
final class Manifest {

	private static final Pattern HELM = Pattern
		.compile("\\{\\{[^}]*(?:\\.(?:Values|Release|Chart|Capabilities)\\b|\\binclude \")");

	private final List<Workload> workloads = new ArrayList<>();

	private final List<Node> resources = new ArrayList<>();

	private final Map<String, Map<String, String>> data = new HashMap<>();

	private Manifest() {
	}

	/**
	 * Reads a text.
	 * @param file where it is from, for people
	 * @param text YAML or JSON
	 * @return what it holds
	 * @throws IllegalArgumentException if it is neither, with the place
	 */
	static Manifest read(String file, String text) {
		if (HELM.matcher(text).find()) {
			throw new IllegalArgumentException(file + " is a Helm template, whose values are not known here. Fix: give "
					+ "what 'helm template CHART' writes");
		}
		Manifest manifest = new Manifest();
		documents(file, text).forEach((document) -> manifest.add(file, document));
		return manifest;
	}

	/**
	 * Reads the documents of a YAML text.
	 * @throws IllegalArgumentException if it is none, with the place
	 */
	static List<Node> documents(String file, String text) {
		List<Node> documents = new ArrayList<>();
		LoaderOptions options = new LoaderOptions();
		// Files that were put together without --- between them.
		options.setAllowDuplicateKeys(false);
		try {
			for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
				documents.add(new Node("", document));
			}
			return documents;
		}
		catch (YAMLException ex) {
			throw new IllegalArgumentException(file + " cannot be read as YAML: " + ex.getMessage(), ex);
		}
	}

	private void add(String file, Node document) {
		if (document.get("kind").text().orElse("").endsWith("List")) {
			document.get("items").items().forEach((item) -> add(file, new Node("", item.value())));
		}
		else {
			this.resources.add(document);
			Workload.of(file, document).ifPresent(this.workloads::add);
			addData(document);
		}
	}

	private void addData(Node document) {
		String kind = document.get("kind").text().orElse("");
		if (kind.equals("ConfigMap") || kind.equals("Secret")) {
			Map<String, String> values = new LinkedHashMap<>(document.get("data").texts(kind.equals("Secret")));
			values.putAll(document.get("binaryData").texts(true));
			values.putAll(document.get("stringData").texts(false));
			this.data.put(kind + " " + document.get("metadata").get("name").text().orElse(""), values);
		}
	}

	/**
	 * Returns what makes pods.
	 */
	List<Workload> workloads() {
		return List.copyOf(this.workloads);
	}

	/**
	 * Returns all that it holds, members of lists one by one.
	 */
	List<Node> resources() {
		return List.copyOf(this.resources);
	}

	/**
	 * Returns what ConfigMaps and Secrets hold, by kind and name.
	 */
	Map<String, Map<String, String>> data() {
		return Map.copyOf(this.data);
	}

}
