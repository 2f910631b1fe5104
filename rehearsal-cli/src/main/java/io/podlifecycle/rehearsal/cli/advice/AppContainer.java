package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySource;

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
	 * @param files what the files of the application say
	 */
	static AppContainer of(Workload workload, Node node, List<PropertySource<?>> files) {
		Map<String, @Nullable String> variables = new LinkedHashMap<>();
		for (Node variable : node.get("env").items()) {
			// An empty value stands for one that comes from elsewhere.
			String value = variable.get("valueFrom").exists() ? null : variable.get("value").text().orElse("");
			variable.get("name").text().ifPresent((name) -> variables.put(name, value));
		}
		Map<String, String> arguments = new LinkedHashMap<>();
		String options = variables.get("JAVA_TOOL_OPTIONS");
		Stream
			.of(Stream.of((options != null) ? options.split("\\s+") : new String[0]),
					node.get("command").texts().stream(), node.get("args").texts().stream())
			.flatMap((words) -> words)
			.map(ARGUMENT::matcher)
			.filter(Matcher::matches)
			.forEach((argument) -> arguments.put(argument.group(1), argument.group(2)));
		return new AppContainer(workload, node, new AppProperties(files, variables, arguments));
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
