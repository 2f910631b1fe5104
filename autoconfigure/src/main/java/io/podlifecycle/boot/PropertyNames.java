package io.podlifecycle.boot;

import java.beans.PropertyDescriptor;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The names of the library's properties. Names are compared without regard to case,
 * dashes and dots, as those of environment variables have to be.
 */
final class PropertyNames {

	private static final String PREFIX = "pod-lifecycle";

	private static final Pattern DEPENDENCY = Pattern
		.compile("(?i)pod[-_]?lifecycle[._]startup[._]dependencies[._]([^._]+)(?:[._](.+))?");

	private final List<String> names = below(PREFIX, PodLifecycleProperties.class).toList();

	private static Stream<String> below(String prefix, Class<?> type) {
		return Stream.of(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> !property.getName().equals("class"))
			.flatMap((property) -> names(prefix, property));
	}

	private static Stream<String> names(String prefix, PropertyDescriptor property) {
		String name = prefix + "." + DataObjectPropertyName.toDashedForm(property.getName());
		Class<?> type = property.getPropertyType();
		boolean isGroup = type != null && !type.isEnum()
				&& type.getPackage() == PodLifecycleProperties.class.getPackage();
		return isGroup ? below(name, type) : Stream.of(name);
	}

	/** Whether there is such a property, or an element of it. */
	boolean contain(String name) {
		String element = uniform(name.replaceAll("(_\\d+)+_?$|(\\[\\d+])+$", ""));
		return candidates(name).anyMatch(
				(known) -> uniform(known).equals(element) || (hasEntries(known) && element.startsWith(uniform(known))));
	}

	private static boolean hasEntries(String known) {
		return known.endsWith(".headers") || known.endsWith(".options") || known.endsWith(".requests");
	}

	/**
	 * Return the dependency of which a name has a part, such as that of
	 * {@code POD_LIFECYCLE_STARTUP_DEPENDENCIES_DB_TIMEOUT}.
	 */
	static Optional<String> dependencyOfPart(String name) {
		Matcher matcher = DEPENDENCY.matcher(name);
		return (matcher.matches() && matcher.group(2) != null)
				? Optional.of(PREFIX + ".startup.dependencies." + matcher.group(1).toLowerCase(Locale.ROOT))
				: Optional.empty();
	}

	/** Return the known name that is the most like another one. */
	String closest(String name) {
		String uniform = uniform(name);
		return candidates(name).min(Comparator.comparingInt((known) -> distance(uniform, uniform(known))))
			.orElse(PREFIX);
	}

	private Stream<String> candidates(String name) {
		Matcher matcher = DEPENDENCY.matcher(name);
		if (!matcher.matches()) {
			return this.names.stream();
		}
		String entry = PREFIX + ".startup.dependencies." + matcher.group(1).toLowerCase(Locale.ROOT);
		return (matcher.group(2) != null) ? below(entry, DependencyProperties.class) : Stream.of(entry);
	}

	private static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

	/** The number of letters to insert, to remove or to replace. */
	private static int distance(String one, String other) {
		int[] last = new int[other.length() + 1];
		for (int j = 0; j <= other.length(); j++) {
			last[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int diagonal = last[0];
			last[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int replaced = diagonal + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				diagonal = last[j];
				last[j] = Math.min(replaced, Math.min(last[j], last[j - 1]) + 1);
			}
		}
		return last[other.length()];
	}

}
