package io.podlifecycle.rehearsal.cli.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Takes command lines apart as a shell does, as far as that can be told without it.
 */
final class ShellWords {

	private static final Pattern PART = Pattern
		.compile("(?<end>\\s*(?:&&|\\|\\||;|\\n)\\s*)|\\s+|(?<word>(?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|\\\\."
				+ "|[^\\s;|&\"'\\\\]|[|&](?![|&]))+)");

	private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|\\\\(.)");

	private static final Pattern SHELL_VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");

	private static final Pattern VARIABLE = Pattern.compile("\\$\\((\\w+)\\)");

	private ShellWords() {
	}

	/**
	 * Return the commands that run one after the other, with their words. Whatever else
	 * there is, such as pipes and redirections, is among the words.
	 */
	static List<List<String>> commands(String script) {
		if (!PART.matcher(script).replaceAll("").isEmpty()) {
			return List.of(List.of("?", script));
		}
		List<List<String>> commands = new ArrayList<>(List.of(new ArrayList<>()));
		PART.matcher(script).results().forEach((part) -> {
			if (part.group(1) != null) {
				commands.add(new ArrayList<>());
			}
			else if (part.group(2) != null) {
				commands.get(commands.size() - 1).add(QUOTED.matcher(part.group(2)).replaceAll(ShellWords::unquote));
			}
		});
		return commands.stream().filter((command) -> !command.isEmpty()).toList();
	}

	private static String unquote(MatchResult quoted) {
		for (int group = 1; group <= 3; group++) {
			if (quoted.group(group) != null) {
				return Matcher.quoteReplacement(quoted.group(group));
			}
		}
		return "";
	}

	static List<String> words(String line) {
		return commands(line).stream().flatMap(List::stream).toList();
	}

	/**
	 * Put in variables as a shell does.
	 */
	static String expandInShell(String text, Map<String, @Nullable String> variables) {
		return expand(SHELL_VARIABLE, text, variables);
	}

	/**
	 * Put in variables as Kubernetes does.
	 */
	static String expand(String text, Map<String, @Nullable String> variables) {
		return expand(VARIABLE, text, variables);
	}

	private static String expand(Pattern pattern, String text, Map<String, @Nullable String> variables) {
		return pattern.matcher(text).replaceAll((variable) -> {
			String value = variables.get(variable.group(1));
			return Matcher.quoteReplacement((value != null) ? value : variable.group());
		});
	}

}
