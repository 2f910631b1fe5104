package io.podlifecycle.rehearsal.cli.advice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.DescriptiveResource;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

/**
 * The files from which Spring Boot reads the configuration of an application: those of
 * its jar, those that were given, and those that are mounted into its container. Spring
 * Boot sees no others.
 */
final class ConfigFiles extends DefaultResourceLoader {

	private static final String CLASS_PATH = "classpath:/";

	private static final Pattern IN_JAR = Pattern
		.compile("(?:BOOT-INF/classes/|WEB-INF/classes/)?(.+\\.(?:ya?ml|properties))");

	private static final Pattern APPLICATION = Pattern.compile("application(-[\\w.-]+)?\\.(?:ya?ml|properties)");

	private final Map<String, byte[]> files = new LinkedHashMap<>();

	private final List<String> given = new ArrayList<>();

	private String workingDirectory = "unknown";

	/**
	 * Return a copy that can be mounted into.
	 * @param directory the working directory of the container; empty if it is not known
	 */
	ConfigFiles in(String directory) {
		ConfigFiles copy = new ConfigFiles();
		copy.files.putAll(this.files);
		copy.given.addAll(this.given);
		copy.workingDirectory = directory.isEmpty() ? this.workingDirectory : directory;
		return copy;
	}

	void addJar(Path jar) throws IOException {
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			for (ZipEntry entry : zip.stream().toList()) {
				Matcher name = IN_JAR.matcher(entry.getName());
				if (name.matches()) {
					this.files.put(CLASS_PATH + name.group(1), zip.getInputStream(entry).readAllBytes());
				}
			}
		}
	}

	/**
	 * Add a file. One that is named for a profile is read only in that profile.
	 */
	void add(Path file) throws IOException {
		String name = String.valueOf(file.getFileName());
		String extension = name.endsWith(".properties") ? ".properties" : ".yml";
		String directory = "/given/" + this.given.size() + "/";
		this.given.add("optional:file:" + directory + "application" + extension);
		Matcher matcher = APPLICATION.matcher(name);
		String profile = (matcher.matches() && matcher.group(1) != null) ? matcher.group(1) : "";
		this.files.put(directory + "application" + profile + extension, Files.readAllBytes(file));
	}

	void mount(String path, byte[] content) {
		this.files.put(path(path), content);
	}

	/**
	 * Return the location of the files that were given, in which the last one wins.
	 */
	String given() {
		return String.join(";", this.given);
	}

	/**
	 * Return whether there is something at a location, or the application is known to
	 * have it.
	 */
	boolean has(String location) {
		String path = path(location);
		return path.startsWith("classpath") || this.files.keySet().stream().anyMatch((file) -> file.startsWith(path));
	}

	boolean isAt(String file, String location) {
		return file.startsWith(path(location));
	}

	/**
	 * Return the paths of mounted files that have a name which Spring Boot looks for.
	 */
	List<String> mountedApplicationFiles() {
		return this.files.keySet()
			.stream()
			.filter((file) -> file.startsWith("/") && !file.startsWith("/given/"))
			.filter((file) -> APPLICATION.matcher(file.substring(file.lastIndexOf('/') + 1)).matches())
			.toList();
	}

	/**
	 * Return whether Spring Boot finds a file in one of its default locations.
	 */
	boolean isInWorkingDirectory(String file) {
		String directory = file.substring(0, file.lastIndexOf('/') + 1);
		return directory.equals(path("./")) || directory.equals(path("./config/"));
	}

	/**
	 * Return the properties of a config tree.
	 */
	Map<String, Object> tree(String location) {
		boolean pattern = location.endsWith("/*/");
		String root = path(pattern ? location.substring(0, location.length() - 2) : location);
		Map<String, Object> properties = new LinkedHashMap<>();
		this.files.forEach((file, content) -> {
			if (file.startsWith(root)) {
				String key = file.substring(root.length()).replaceFirst(pattern ? "[^/]*/" : "^/", "");
				properties.put(key.replace('/', '.'), new String(content, StandardCharsets.UTF_8).strip());
			}
		});
		return properties;
	}

	@Override
	public Resource getResource(String location) {
		byte[] content = this.files.get(path(location));
		return (content != null) ? new ByteArrayResource(content, location) : new DescriptiveResource(location);
	}

	private String path(String location) {
		if (location.startsWith("classpath:")) {
			return location.replaceFirst("^classpath:/*", CLASS_PATH);
		}
		String path = location.replaceFirst("^(?:configtree:|file:(?://)?)", "").replaceFirst("\\[\\.?\\w+]$", "");
		return StringUtils
			.cleanPath(path.startsWith("/") ? path : this.workingDirectory.replaceFirst("/*$", "/") + path);
	}

}
