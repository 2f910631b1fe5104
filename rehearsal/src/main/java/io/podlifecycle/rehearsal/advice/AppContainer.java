package io.podlifecycle.rehearsal.advice;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 */
record AppContainer(Workload workload, Node node, AppProperties properties) {

	private static final String SHUTDOWN = "pod-lifecycle.shutdown.";

	/** What the library assumes where it is told nothing. */
	private static final Duration ASSUMED_PRE_STOP = Duration.ofSeconds(10);

	private static final Pattern ARGUMENT = Pattern.compile("(?:--|-D)([^=]+)=(.*)");

	/**
	 * Creates the container.
	 * @param documents what the files of the application say
	 */
	static AppContainer of(Workload workload, Node node, List<PropertyDocument> documents) {
		Map<String, @Nullable String> own = new LinkedHashMap<>();
		for (Node variable : node.get("env").items()) {
			// An empty value stands for one that comes from elsewhere.
			String value = variable.get("valueFrom").exists() ? null : variable.get("value").text().orElse("");
			variable.get("name").text().ifPresent((name) -> own.put(name, value));
			if (value != null && variable.get("name").text().orElse("").equals("JAVA_TOOL_OPTIONS")) {
				addArguments(Stream.of(value.split("\\s+")), own);
			}
		}
		addArguments(Stream.concat(node.get("command").texts().stream(), node.get("args").texts().stream()), own);
		return new AppContainer(workload, node, new AppProperties(documents, own));
	}

	private static void addArguments(Stream<String> words, Map<String, @Nullable String> properties) {
		words.map(ARGUMENT::matcher)
			.filter(Matcher::matches)
			.forEach((argument) -> properties.put(argument.group(1), argument.group(2)));
	}

	Finding finding(Rule rule, Node field, String problem, String fix) {
		return new Finding(rule, this.workload.resource(), field.path(), problem, fix);
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
