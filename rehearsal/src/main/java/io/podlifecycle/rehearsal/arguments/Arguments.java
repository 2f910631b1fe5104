package io.podlifecycle.rehearsal.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of a command: options, with or without a value, and other words. What
 * follows {@code --} are other words, too. Every method throws
 * {@link IllegalArgumentException} with a message for people.
 * <p>
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Arguments {

	private final Map<String, List<String>> values = new LinkedHashMap<>();

	private final List<String> words = new ArrayList<>();

	private final List<String> rest = new ArrayList<>();

	private Arguments() {
	}

	/**
	 * Reads arguments.
	 * @param args the arguments
	 * @param flags the options without a value
	 * @param single the options with a value that may be given once
	 * @param repeated the options with a value that may be given more than once
	 * @return what was read
	 */
	public static Arguments parse(List<String> args, Set<String> flags, Set<String> single, Set<String> repeated) {
		Arguments result = new Arguments();
		int i = 0;
		while (i < args.size()) {
			String arg = args.get(i++);
			if (arg.equals("--")) {
				result.rest.addAll(args.subList(i, args.size()));
				return result;
			}
			if (flags.contains(arg)) {
				result.values.put(arg, List.of());
			}
			else if (single.contains(arg) || repeated.contains(arg)) {
				if (i == args.size()) {
					throw new IllegalArgumentException(arg + " needs a value");
				}
				List<String> values = result.values.computeIfAbsent(arg, (name) -> new ArrayList<>());
				if (single.contains(arg) && !values.isEmpty()) {
					throw new IllegalArgumentException(arg + " is given twice");
				}
				values.add(args.get(i++));
			}
			else if (arg.startsWith("-") && !arg.equals("-")) {
				throw new IllegalArgumentException("Unknown argument '" + arg + "'");
			}
			else {
				result.words.add(arg);
			}
		}
		return result;
	}

	/**
	 * Returns the words that are no options.
	 * @return the words before {@code --}
	 */
	public List<String> words() {
		return List.copyOf(this.words);
	}

	/**
	 * Returns what is not for the command itself.
	 * @return the words after {@code --}
	 */
	public List<String> rest() {
		return List.copyOf(this.rest);
	}

	/**
	 * Tells whether an option is given.
	 * @param name the option
	 * @return whether it is
	 */
	public boolean has(String name) {
		return this.values.containsKey(name);
	}

	/**
	 * Returns the values of an option.
	 * @param name the option
	 * @return the values in their order, none if it is not given
	 */
	public List<String> all(String name) {
		return List.copyOf(this.values.getOrDefault(name, List.of()));
	}

	/**
	 * Returns the value of an option.
	 * @param name the option
	 * @return the value, if it is given
	 */
	public Optional<String> find(String name) {
		return all(name).stream().findFirst();
	}

	/**
	 * Returns the value of an option that must be given.
	 * @param name the option
	 * @return the value
	 */
	public String required(String name) {
		return find(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
	}

	/**
	 * Returns the number that is the value of an option.
	 * @param name the option
	 * @param max the highest number that is of use
	 * @param defaultValue the number if it is not given
	 * @return the number, 0 to the highest one
	 */
	public int count(String name, int max, int defaultValue) {
		String value = find(name).orElse(String.valueOf(defaultValue));
		if (!value.matches("\\d{1,9}") || Integer.parseInt(value) > max) {
			throw new IllegalArgumentException(
					name + " must be a number from 0 to " + max + ", but is '" + value + "'");
		}
		return Integer.parseInt(value);
	}

	/**
	 * Returns the duration that is the value of an option.
	 * @param name the option
	 * @param defaultValue the duration if it is not given
	 * @return the duration
	 */
	public Duration duration(String name, Duration defaultValue) {
		return find(name).map((value) -> Durations.parse(name, value)).orElse(defaultValue);
	}

}
