package io.podlifecycle.rehearsal.cli.advice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.yaml.snakeyaml.error.YAMLException;

import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Reads the properties of an application from its files and from its jar: a property
 * source for each document. One that is for certain profiles says so.
 */
final class PropertyFiles {

	static final String ON_PROFILE = "spring.config.activate.on-profile";

	private static final Pattern NAME = Pattern.compile(
			"(?:BOOT-INF/classes/|WEB-INF/classes/)?(?:config/)?application(?:-([\\w.-]+))?\\.(?:ya?ml|properties)");

	private PropertyFiles() {
	}

	/**
	 * Read a file.
	 * @param file {@code application.yml}, {@code application-prod.properties}, and the
	 * like
	 * @return what it says
	 * @throws IllegalArgumentException if it is not of that form
	 * @throws IOException if it cannot be read
	 */
	static List<PropertySource<?>> read(Path file) throws IOException {
		return load(file.toString(), NAME.matcher(String.valueOf(file.getFileName())), Files.readAllBytes(file));
	}

	/**
	 * Read the files in a jar.
	 * @param jar an executable jar, or a plain one
	 * @return what they say
	 * @throws IllegalArgumentException if one of them is of no use
	 * @throws IOException if the jar cannot be read
	 */
	static List<PropertySource<?>> readJar(Path jar) throws IOException {
		List<PropertySource<?>> sources = new ArrayList<>();
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			for (ZipEntry entry : zip.stream().toList()) {
				Matcher name = NAME.matcher(entry.getName());
				if (name.matches()) {
					sources.addAll(load(jar + "!" + entry.getName(), name, zip.getInputStream(entry).readAllBytes()));
				}
			}
		}
		return sources;
	}

	private static List<PropertySource<?>> load(String file, Matcher name, byte[] bytes) throws IOException {
		PropertySourceLoader loader = file.endsWith(".properties") ? new PropertiesPropertySourceLoader()
				: new YamlPropertySourceLoader();
		List<PropertySource<?>> sources;
		try {
			sources = loader.load(file, new ByteArrayResource(bytes));
		}
		catch (IllegalStateException | YAMLException ex) {
			throw new IllegalArgumentException(file + " cannot be read: " + ex.getMessage(), ex);
		}
		if (!name.matches() || name.group(1) == null) {
			return sources;
		}
		return sources.stream().<PropertySource<?>>map((source) -> forProfile(name.group(1), source)).toList();
	}

	/** Unless the document names its own. */
	private static PropertySource<?> forProfile(String profile, PropertySource<?> source) {
		Map<String, Object> values = new HashMap<>(Map.of(ON_PROFILE, profile));
		for (String key : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
			values.put(key, String.valueOf(source.getProperty(key)));
		}
		return new MapPropertySource(source.getName(), values);
	}

}
