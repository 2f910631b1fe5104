package io.podlifecycle.rehearsal.advice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads the properties of an application from its files and from its jar.
 */
final class PropertyFiles {

	private static final Pattern NAME = Pattern.compile(
			"(?:BOOT-INF/classes/|WEB-INF/classes/)?(?:config/)?application(?:-([\\w.-]+))?\\.(?:ya?ml|properties)");

	private static final String ON_PROFILE = "spring.config.activate.on-profile";

	private PropertyFiles() {
	}

	/**
	 * Reads a file.
	 * @param file {@code application.yml}, {@code application-prod.properties}, and the
	 * like
	 * @return what it says
	 * @throws IllegalArgumentException if it is not of that form
	 * @throws IOException if it cannot be read
	 */
	static List<PropertyDocument> read(Path file) throws IOException {
		String name = String.valueOf(file.getFileName());
		Matcher matcher = NAME.matcher(name);
		String profile = (matcher.matches() && matcher.group(1) != null) ? matcher.group(1) : "";
		return parse(file.toString(), profile, Files.readAllBytes(file));
	}

	/**
	 * Reads the files in a jar.
	 * @param jar an executable jar, or a plain one
	 * @return what they say
	 * @throws IllegalArgumentException if one of them is of no use
	 * @throws IOException if the jar cannot be read
	 */
	static List<PropertyDocument> readJar(Path jar) throws IOException {
		List<PropertyDocument> documents = new ArrayList<>();
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			for (ZipEntry entry : zip.stream().toList()) {
				Matcher matcher = NAME.matcher(entry.getName());
				if (matcher.matches()) {
					String profile = (matcher.group(1) != null) ? matcher.group(1) : "";
					byte[] bytes = zip.getInputStream(entry).readAllBytes();
					documents.addAll(parse(jar + "!" + entry.getName(), profile, bytes));
				}
			}
		}
		return documents;
	}

	private static List<PropertyDocument> parse(String name, String profile, byte[] bytes) throws IOException {
		List<PropertyDocument> documents = new ArrayList<>();
		for (Map<String, String> values : name.endsWith(".properties") ? properties(bytes) : yaml(name, bytes)) {
			String own = values.keySet()
				.stream()
				.filter((key) -> key.startsWith(ON_PROFILE))
				.map((key) -> values.getOrDefault(key, ""))
				.collect(Collectors.joining(","));
			documents.add(new PropertyDocument(own.isEmpty() ? profile : own, values));
		}
		return documents;
	}

	private static List<Map<String, String>> properties(byte[] bytes) throws IOException {
		List<Map<String, String>> documents = new ArrayList<>();
		for (String part : new String(bytes, StandardCharsets.UTF_8).split("(?m)^[#!]---\\s*$", -1)) {
			Properties properties = new Properties();
			properties.load(new InputStreamReader(new ByteArrayInputStream(part.getBytes(StandardCharsets.UTF_8)),
					StandardCharsets.UTF_8));
			Map<String, String> values = new LinkedHashMap<>();
			properties.stringPropertyNames().forEach((key) -> values.put(key, properties.getProperty(key)));
			documents.add(values);
		}
		return documents;
	}

	private static List<Map<String, String>> yaml(String name, byte[] bytes) {
		List<Map<String, String>> documents = new ArrayList<>();
		for (Node document : Manifest.documents(name, new String(bytes, StandardCharsets.UTF_8))) {
			Map<String, String> values = new LinkedHashMap<>();
			flatten(document, values);
			documents.add(values);
		}
		return documents;
	}

	private static void flatten(Node node, Map<String, String> values) {
		if (node.value() instanceof Map<?, ?> map) {
			map.keySet().forEach((key) -> flatten(child(node, map, key), values));
		}
		else if (node.value() instanceof List<?>) {
			node.items().forEach((item) -> flatten(item, values));
		}
		else {
			node.text().ifPresent((text) -> values.put(node.path(), text));
		}
	}

	private static Node child(Node node, Map<?, ?> map, Object key) {
		// A key may be a number or, in YAML 1.1, the word on.
		return new Node(node.path().isEmpty() ? String.valueOf(key) : node.path() + "." + key, map.get(key));
	}

}
