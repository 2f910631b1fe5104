package io.podlifecycle.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.podlifecycle.boot.DependencyProperties;
import io.podlifecycle.boot.PodLifecycleProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.configurationprocessor.ConfigurationMetadataAnnotationProcessor;
import org.springframework.boot.json.JsonParserFactory;

/**
 * A property as the configuration metadata has it.
 *
 * @param name its full name
 * @param type its type in Java
 * @param description what it is for, or empty
 * @param defaultValue its default, or {@code null} if there is none
 */
record PropertyMetadata(String name, String type, String description, @Nullable Object defaultValue) {

	/** What Spring Boot says of a duration whose bare numbers are seconds. */
	static final String SECONDS = "If a duration suffix is not specified, seconds will be used.";

	static final String FILE = "META-INF/spring-configuration-metadata.json";

	/** Return the properties of the library, sorted by name. */
	static List<PropertyMetadata> ofLibrary() {
		return parse(items("properties"));
	}

	/** Return all groups or hints of the library. */
	static List<Map<String, Object>> items(String kind) {
		try (InputStream file = PodLifecycleProperties.class.getResourceAsStream("/" + FILE)) {
			return items(kind, Objects.requireNonNull(file).readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the properties of one dependency. The metadata ends at the map that holds
	 * them, so they are made by the same processor, from the same source.
	 * @param prefix what their names begin with
	 * @param directory where the processor may write
	 */
	static List<PropertyMetadata> ofDependency(String prefix, Path directory) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			List<JavaFileObject> sources = new ArrayList<>(List.of(new Prefixed(prefix)));
			files.getJavaFileObjects(Path.of("src/main/java/io/podlifecycle/boot/DependencyProperties.java"))
				.forEach(sources::add);
			List<String> options = List.of("-proc:only", "-d", directory.toString(), "-cp",
					System.getProperty("java.class.path"));
			JavaCompiler.CompilationTask task = compiler.getTask(null, files, (problem) -> {
			}, options, null, sources);
			task.setProcessors(List.of(new ConfigurationMetadataAnnotationProcessor()));
			task.call();
		}
		return parse(items("properties", Files.readAllBytes(directory.resolve(FILE))));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> items(String kind, byte[] json) {
		return (List<Map<String, Object>>) JsonParserFactory.getJsonParser()
			.parseMap(new String(json, StandardCharsets.UTF_8))
			.getOrDefault(kind, List.of());
	}

	private static List<PropertyMetadata> parse(List<Map<String, Object>> items) {
		return items.stream()
			.map((item) -> new PropertyMetadata((String) item.getOrDefault("name", ""),
					(String) item.getOrDefault("type", ""), (String) item.getOrDefault("description", ""),
					item.get("defaultValue")))
			.sorted(Comparator.comparing(PropertyMetadata::name))
			.toList();
	}

	/** Gives the properties of a dependency a prefix. */
	private static final class Prefixed extends SimpleJavaFileObject {

		private final String prefix;

		Prefixed(String prefix) {
			super(URI.create("string:///io/podlifecycle/boot/Prefixed.java"), Kind.SOURCE);
			this.prefix = prefix;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return """
					package io.podlifecycle.boot;
					@org.springframework.boot.context.properties.ConfigurationProperties("%s")
					class Prefixed extends DependencyProperties {
					}
					""".formatted(this.prefix);
		}

	}

}
