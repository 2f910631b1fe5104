package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The container of an application, and the properties that the application has in it.
 *
 * @param workload what makes its pods
 * @param node the container
 * @param properties the properties
 * @param variables the environment; {@code null} where a value comes from elsewhere
 * @param unknown what may hold configuration that is not known, by its field
 * @param resources what the manifests hold besides
 */
record AppContainer(Workload workload, Node node, AppProperties properties, Map<String, @Nullable String> variables,
		Map<Node, String> unknown, Resources resources) {

	private static final String SHUTDOWN = "pod-lifecycle.shutdown.";

	/** What the library assumes where it is told nothing. */
	private static final Duration ASSUMED_PRE_STOP = Duration.ofSeconds(10);

	private static final Pattern SYSTEM_PROPERTY = Pattern.compile("-D([^=]+)=?(.*)");

	/**
	 * Creates the container.
	 * @param files the files of the application
	 * @param data what ConfigMaps and Secrets hold, by kind and name
	 * @param resources all that the manifests hold
	 */
	static AppContainer of(Workload workload, Node node, ConfigFiles files, Map<String, Map<String, String>> data,
			Resources resources) {
		ContainerSources sources = new ContainerSources(workload, node, data);
		Map<String, @Nullable String> variables = sources.variables();
		ConfigFiles mounted = files.in(node.get("workingDir").text().orElse(""));
		sources.mountInto(mounted);
		List<String> words = Stream.concat(node.get("command").texts().stream(), node.get("args").texts().stream())
			.map((word) -> ShellWords.expand(word, variables))
			.toList();
		words = CommandCheck.script(words)
			.map((script) -> ShellWords.words(ShellWords.expandInShell(script, variables)))
			.orElse(words);
		Map<String, String> system = new LinkedHashMap<>();
		Stream
			.of(options(variables, "JAVA_TOOL_OPTIONS"), options(variables, "JDK_JAVA_OPTIONS"),
					words.stream().takeWhile((word) -> !word.equals("-jar")), options(variables, "_JAVA_OPTIONS"))
			.flatMap((options) -> options)
			.map(SYSTEM_PROPERTY::matcher)
			.filter(Matcher::matches)
			.forEach((option) -> system.put(option.group(1), option.group(2)));
		List<String> arguments = words.stream().filter((word) -> word.matches("--[^=]+(?s:.*)")).toList();
		AppProperties properties = new AppProperties(mounted, variables, system, arguments);
		return new AppContainer(workload, node, properties, variables, sources.unknown(mounted, properties), resources);
	}

	private static Stream<String> options(Map<String, @Nullable String> variables, String name) {
		return ShellWords.words(Objects.requireNonNullElse(variables.get(name), "")).stream();
	}

	Finding finding(Rule rule, Node field, String problem, String fix) {
		return new Finding(rule, this.workload.resource(), field.path(), problem, fix, "");
	}

	/**
	 * Tells whether clients send it requests.
	 */
	boolean serves() {
		return this.workload.job().isEmpty()
				&& !this.properties.get("spring.main.web-application-type", "").equals("none");
	}

	/**
	 * Returns how long the application waits for its dependencies; empty if it does not,
	 * or if that is not known.
	 */
	Optional<Duration> startupTimeout() {
		boolean waits = isStartupOn("") && this.properties.hasBelow("pod-lifecycle.startup.dependencies")
				&& this.properties.isKnown("pod-lifecycle.startup.timeout");
		return waits ? Optional.of(this.properties.duration("pod-lifecycle.startup.timeout", Duration.ofMinutes(5)))
				: Optional.empty();
	}

	/**
	 * Tells whether HTTP probes are answered before the web server is there.
	 */
	boolean hasEarlyProbes() {
		return isStartupOn("early-probes.");
	}

	private boolean isStartupOn(String feature) {
		return Stream.of("", "startup.", "startup." + feature)
			.allMatch((name) -> this.properties.isOn("pod-lifecycle." + name + "enabled", true));
	}

	/**
	 * Tells whether the library does anything in the shutdown.
	 */
	boolean leavesInOrder() {
		return this.properties.isOn("pod-lifecycle.enabled", true) && this.properties.isOn(SHUTDOWN + "enabled", true);
	}

	/**
	 * Tells whether the application is told neither its grace period nor how long its
	 * preStop hook sleeps, and so assumes that one sleeps.
	 */
	boolean assumesPreStop() {
		return Stream.of("grace-period", "pre-stop-delay")
			.allMatch((name) -> isShutdownKnown(name) && this.properties.find(SHUTDOWN + name).isEmpty());
	}

	/**
	 * Returns how much of the grace period has passed when SIGTERM comes, as far as the
	 * application knows.
	 */
	Duration preStop() {
		return shutdown("pre-stop-delay", assumesPreStop() ? ASSUMED_PRE_STOP : Duration.ZERO);
	}

	Duration shutdown(String name, Duration defaultValue) {
		return this.properties.duration(SHUTDOWN + name, defaultValue);
	}

	boolean isShutdownKnown(String name) {
		return this.properties.isKnown(SHUTDOWN + name);
	}

	/**
	 * Returns the number of a port that a probe or a hook names.
	 * @param port its number or its name
	 * @return the number; empty if the container has no port of that name
	 */
	OptionalInt port(Node port) {
		String text = port.text().orElse("");
		if (text.matches("\\d{1,9}")) {
			return OptionalInt.of(Integer.parseInt(text));
		}
		return this.node.get("ports")
			.items()
			.stream()
			.filter((candidate) -> candidate.get("name").text().orElse("").equals(text))
			.flatMap((candidate) -> candidate.get("containerPort").number().stream())
			.mapToInt(Integer::intValue)
			.findFirst();
	}

}
