package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The command of a hook, as far as it can be understood without running it.
 *
 * @param problem why it fails at once; empty if it may not
 * @param slept how long it sleeps; {@code null} if that is not known
 */
record HookCommand(String problem, @Nullable Duration slept) {

	private static final Pattern SLEEP = Pattern.compile("(?:\\S*/)?sleep");

	private static final Pattern TIME = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)([smh]?)");

	private static final Pattern NO_TIME = Pattern.compile("[A-Za-z][\\w-]*");

	private static final Pattern INSTANT = Pattern.compile("(?:\\S*/)?(?:echo|true|:|date|exit|set)");

	private static final Pattern CALL = Pattern.compile("\\$\\(|`|^[|&]$");

	static HookCommand of(List<String> words, Map<String, @Nullable String> variables) {
		List<HookCommand> commands = CommandCheck.script(words)
			.map((script) -> ShellWords.commands(ShellWords.expandInShell(script, variables)))
			.orElse(words.isEmpty() ? List.of() : List.of(words))
			.stream()
			.map(HookCommand::of)
			.toList();
		return commands.stream().reduce(HookCommand::then).orElse(new HookCommand("", null));
	}

	private static HookCommand of(List<String> command) {
		boolean replacesShell = command.size() > 1 && command.get(0).equals("exec");
		List<String> rest = command.subList(replacesShell ? 1 : 0, command.size());
		String program = rest.get(0);
		List<String> operands = rest.subList(1, rest.size());
		if (program.matches("(?s).*\\s.*")) {
			return new HookCommand("There is no program '" + program + "'", null);
		}
		if (SLEEP.matcher(program).matches()) {
			return sleep(operands, String.join(" ", rest));
		}
		boolean instant = INSTANT.matcher(program).matches() && operands.stream().noneMatch(CALL.asPredicate());
		return new HookCommand("", instant ? Duration.ZERO : null);
	}

	private static HookCommand sleep(List<String> times, String text) {
		if (times.isEmpty() || times.stream().anyMatch(NO_TIME.asMatchPredicate())) {
			return new HookCommand("'" + text + "' is no sleep, which needs a time", null);
		}
		boolean known = times.stream().allMatch(TIME.asMatchPredicate());
		return new HookCommand("",
				known ? times.stream().map(HookCommand::time).reduce(Duration.ZERO, Duration::plus) : null);
	}

	private static Duration time(String text) {
		Matcher time = TIME.matcher(text);
		long unit = switch (time.matches() ? time.group(2) : "") {
			case "m" -> 60_000;
			case "h" -> 3_600_000;
			default -> 1_000;
		};
		return Duration.ofMillis((long) (Double.parseDouble(time.group(1)) * unit));
	}

	private HookCommand then(HookCommand next) {
		if (!this.problem.isEmpty() || !next.problem.isEmpty()) {
			return this.problem.isEmpty() ? next : this;
		}
		return new HookCommand("", (this.slept != null && next.slept != null) ? this.slept.plus(next.slept) : null);
	}

}
