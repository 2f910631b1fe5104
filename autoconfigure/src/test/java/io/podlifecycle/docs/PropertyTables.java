package io.podlifecycle.docs;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.ClassUtils;

/**
 * The part of the reference that lists the properties.
 */
final class PropertyTables {

	/** The key of a map, as the tables write it. */
	private static final String DEPENDENCY = "pod-lifecycle.startup.dependencies.<name>";

	private final List<PropertyMetadata> properties;

	PropertyTables(Path directory) throws Exception {
		this.properties = Stream
			.concat(PropertyMetadata.ofLibrary().stream(),
					PropertyMetadata.ofDependency("pod-lifecycle.startup.dependencies.name", directory)
						.stream()
						.map(PropertyTables::withPlaceholder))
			.toList();
	}

	private static PropertyMetadata withPlaceholder(PropertyMetadata property) {
		return new PropertyMetadata(property.name().replace(".dependencies.name.", ".dependencies.<name>."),
				property.type(), property.description(), property.defaultValue());
	}

	/** Return the names of all properties. */
	List<String> names() {
		return this.properties.stream().map(PropertyMetadata::name).toList();
	}

	/** Return the tables, in Markdown. */
	String markdown() {
		Map<String, Predicate<String>> sections = new LinkedHashMap<>();
		sections.put("The whole", (name) -> name.lastIndexOf('.') == "pod-lifecycle".length()
				|| name.startsWith("pod-lifecycle.diagnosis."));
		sections.put("Start",
				(name) -> name.startsWith("pod-lifecycle.startup.") && !name.startsWith(DEPENDENCY + "."));
		sections.put("One dependency", (name) -> name.startsWith(DEPENDENCY + "."));
		sections.put("Stop", (name) -> name.startsWith("pod-lifecycle.shutdown."));
		sections.put("Journal", (name) -> name.startsWith("pod-lifecycle.journal."));
		sections.put("In Spring Boot's key space", (name) -> name.startsWith("management."));
		return sections.entrySet()
			.stream()
			.map((section) -> "### " + section.getKey() + "\n\n" + table(section.getValue()))
			.collect(Collectors.joining("\n"));
	}

	private String table(Predicate<String> section) {
		return "| property | default | |\n|---|---|---|\n" + this.properties.stream()
			.filter((property) -> section.test(property.name()))
			.map(PropertyTables::row)
			.collect(Collectors.joining());
	}

	private static String row(PropertyMetadata property) {
		Object value = property.defaultValue();
		String defaultValue = (value != null) ? " `" + value + "`" : "";
		return "| `" + property.name().replace(DEPENDENCY + ".", "….") + "` |" + defaultValue + " | "
				+ text(property.description()) + choices(property.type()) + " |\n";
	}

	/** The page says once for all what a bare number is. */
	private static String text(String description) {
		return description.replace(" " + PropertyMetadata.SECONDS, "").replace("|", "\\|");
	}

	private static String choices(String type) {
		if (!ClassUtils.isPresent(type, null)) {
			return "";
		}
		Object[] constants = ClassUtils.resolveClassName(type, null).getEnumConstants();
		return (constants != null) ? " " + Arrays.stream(constants)
			.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(", ", "One of ", ".")) : "";
	}

}
