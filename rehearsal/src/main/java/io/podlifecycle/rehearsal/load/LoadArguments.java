package io.podlifecycle.rehearsal.load;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the arguments of {@link LoadCommand}.
 */
final class LoadArguments {

	static final String USAGE = "Usage: --url URI --max 15m [--keep-alive 8] [--keep-alive-pause 300ms]"
			+ " [--fresh 4] [--fresh-pause 50ms] [--timeout 5s]" + " [--protocol http1|http2]";

	private static final Set<String> NAMES = Set.of("--url", "--max", "--keep-alive", "--keep-alive-pause", "--fresh",
			"--fresh-pause", "--timeout", "--protocol");

	private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

	private final Map<String, String> values = new HashMap<>();

	private LoadArguments(String[] args) {
		for (int i = 0; i < args.length; i += 2) {
			if (!NAMES.contains(args[i])) {
				throw new IllegalArgumentException("Unknown argument '" + args[i] + "'");
			}
			if (i + 1 == args.length) {
				throw new IllegalArgumentException(args[i] + " needs a value");
			}
			if (this.values.put(args[i], args[i + 1]) != null) {
				throw new IllegalArgumentException(args[i] + " is given twice");
			}
		}
	}

	static Load parse(String[] args) {
		LoadArguments arguments = new LoadArguments(args);
		int keepAlive = arguments.count("--keep-alive");
		int fresh = arguments.count("--fresh");
		if (keepAlive + fresh == 0) {
			throw new IllegalArgumentException("Neither --keep-alive nor --fresh asks for a client");
		}
		return arguments
			.speaking(Load.builder(URI.create(arguments.required("--url")),
					duration("--max", arguments.required("--max"))))
			.keepAliveClients(keepAlive, arguments.duration("--keep-alive-pause", Duration.ZERO))
			.freshClients(fresh, arguments.duration("--fresh-pause", Duration.ZERO))
			.timeout(arguments.duration("--timeout", Duration.ofSeconds(5)))
			.build();
	}

	private Load.Builder speaking(Load.Builder load) {
		String protocol = this.values.getOrDefault("--protocol", "http1");
		return switch (protocol) {
			case "http1" -> load;
			case "http2" -> load.http2();
			default ->
				throw new IllegalArgumentException("--protocol must be http1 or http2, but is '" + protocol + "'");
		};
	}

	private String required(String name) {
		String value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException(name + " is missing");
		}
		return value;
	}

	private int count(String name) {
		String value = this.values.getOrDefault(name, "0");
		if (!value.matches("\\d{1,4}")) {
			throw new IllegalArgumentException(name + " must be a number from 0 to 9999, but is '" + value + "'");
		}
		return Integer.parseInt(value);
	}

	private Duration duration(String name, Duration defaultValue) {
		String value = this.values.get(name);
		return (value != null) ? duration(name, value) : defaultValue;
	}

	private static Duration duration(String name, String value) {
		Matcher matcher = DURATION.matcher(value);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(name + " must be like 300ms, 5s, 15m or 1h, but is '" + value + "'");
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch (matcher.group(2)) {
			case "ms" -> Duration.ofMillis(amount);
			case "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			default -> Duration.ofHours(amount);
		};
	}

}
