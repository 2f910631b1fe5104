package io.podlifecycle.rehearsal.advice;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The properties of an application as it runs in one container. Names are compared as
 * Spring Boot does: {@code pre-stop-delay}, {@code preStopDelay} and
 * {@code PRE_STOP_DELAY} are the same. Immutable.
 */
final class AppProperties {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:{}]+)(?::([^{}]*))?}");

	private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");

	private static final int NESTING = 10;

	private final Map<String, String> values = new HashMap<>();

	private final Set<String> unknown = new HashSet<>();

	/**
	 * Creates properties.
	 * @param documents what the files say, those that win last
	 * @param container what the container says, which wins over the files; {@code null}
	 * where it says it elsewhere
	 */
	AppProperties(List<PropertyDocument> documents, Map<String, @Nullable String> container) {
		documents.stream().filter(PropertyDocument::isForAllProfiles).forEach(this::add);
		add(container);
		List<String> profiles = list("spring.profiles.active");
		documents.stream()
			.filter((document) -> !document.isForAllProfiles() && document.isFor(profiles))
			.forEach(this::add);
		add(container);
	}

	private void add(PropertyDocument document) {
		document.values().forEach((name, value) -> this.values.put(canonical(name), value));
	}

	private void add(Map<String, @Nullable String> container) {
		container.forEach((name, value) -> {
			if (value != null) {
				this.values.put(canonical(name), value);
			}
			else {
				this.unknown.add(canonical(name));
			}
		});
	}

	private static String canonical(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

	/**
	 * Tells whether the value is to be had here, be it the default.
	 */
	boolean isKnown(String name) {
		return !this.unknown.contains(canonical(name));
	}

	Optional<String> find(String name) {
		return Optional.ofNullable(this.values.get(canonical(name))).flatMap(this::resolve);
	}

	private Optional<String> resolve(String value) {
		String resolved = value;
		for (int i = 0; i < NESTING; i++) {
			Matcher matcher = PLACEHOLDER.matcher(resolved);
			if (!matcher.find()) {
				return Optional.of(resolved);
			}
			String found = this.values.getOrDefault(canonical(matcher.group(1)), matcher.group(2));
			if (found == null) {
				return Optional.empty();
			}
			resolved = resolved.substring(0, matcher.start()) + found + resolved.substring(matcher.end());
		}
		return Optional.empty();
	}

	String get(String name, String defaultValue) {
		return find(name).orElse(defaultValue);
	}

	boolean isOn(String name, boolean defaultValue) {
		return find(name).map((value) -> value.equalsIgnoreCase("true")).orElse(defaultValue);
	}

	/**
	 * Returns the members of a list, be it one value with commas or several.
	 */
	List<String> list(String name) {
		Stream<String> whole = find(name).stream();
		String member = canonical(name) + "\\d+";
		Stream<String> members = this.values.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().matches(member))
			.flatMap((entry) -> resolve(entry.getValue()).stream());
		return Stream.concat(whole, members)
			.flatMap((value) -> Stream.of(value.split(",")))
			.map(String::strip)
			.filter((value) -> !value.isEmpty())
			.toList();
	}

	/**
	 * Tells whether there is a property below a prefix.
	 */
	boolean hasBelow(String prefix) {
		String below = canonical(prefix);
		return this.values.keySet().stream().anyMatch((name) -> name.startsWith(below) && !name.equals(below));
	}

	/**
	 * Returns a duration, where a bare number is one of seconds.
	 * @throws IllegalArgumentException if the value is none
	 */
	Duration duration(String name, Duration defaultValue) {
		return find(name).map((value) -> parse(name, value.strip())).orElse(defaultValue);
	}

	private static Duration parse(String name, String value) {
		Matcher matcher = DURATION.matcher(value);
		if (!matcher.matches()) {
			try {
				return Duration.parse(value);
			}
			catch (DateTimeParseException ex) {
				throw new IllegalArgumentException(
						"The property " + name + " must be a duration such as 10s, but is '" + value + "'", ex);
			}
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch (String.valueOf(matcher.group(2))) {
			case "ms" -> Duration.ofMillis(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			case "d" -> Duration.ofDays(amount);
			default -> Duration.ofSeconds(amount);
		};
	}

}
