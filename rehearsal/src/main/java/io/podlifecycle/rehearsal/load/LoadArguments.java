package io.podlifecycle.rehearsal.load;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.podlifecycle.rehearsal.arguments.Arguments;
import io.podlifecycle.rehearsal.arguments.Durations;

/**
 * Reads the arguments of {@link LoadCommand}.
 */
final class LoadArguments {

	static final String USAGE = "Usage: --url URI --max 15m [--keep-alive 8] [--keep-alive-pause 300ms]"
			+ " [--fresh 4] [--fresh-pause 50ms] [--http2 4] [--sse 2 --sse-path /events]"
			+ " [--websocket 2 --websocket-path /socket] [--stream-pause 100ms] [--rate 50] [--timeout 5s]"
			+ " [--protocol http1|http2]";

	private static final Set<String> NAMES = Set.of("--url", "--max", "--keep-alive", "--keep-alive-pause", "--fresh",
			"--fresh-pause", "--http2", "--timeout", "--protocol");

	private static final int MAX_CLIENTS = 9_999;

	private LoadArguments() {
	}

	static Load parse(String[] args) {
		Set<String> names = new HashSet<>(NAMES);
		names.addAll(StreamArguments.NAMES);
		Arguments arguments = Arguments.parse(List.of(args), Set.of(), names, Set.of());
		if (!arguments.words().isEmpty() || !arguments.rest().isEmpty()) {
			throw new IllegalArgumentException("Only options are of use: " + USAGE);
		}
		int keepAlive = arguments.count("--keep-alive", MAX_CLIENTS, 0);
		int fresh = arguments.count("--fresh", MAX_CLIENTS, 0);
		int http2 = arguments.count("--http2", MAX_CLIENTS, 0);
		if (keepAlive + fresh + http2 + StreamArguments.clients(arguments) == 0) {
			throw new IllegalArgumentException(
					"None of --keep-alive, --fresh, --http2, --sse and --websocket asks for a client");
		}
		Duration keepAlivePause = arguments.duration("--keep-alive-pause", Duration.ZERO);
		Load.Builder load = speaking(arguments,
				Load.builder(URI.create(arguments.required("--url")),
						Durations.parse("--max", arguments.required("--max"))))
			.keepAliveClients(keepAlive, keepAlivePause)
			.freshClients(fresh, arguments.duration("--fresh-pause", Duration.ZERO))
			.timeout(arguments.duration("--timeout", Duration.ofSeconds(5)));
		StreamArguments.add(arguments, load);
		if (http2 > 0) {
			load.http2().keepAliveClients(http2, keepAlivePause);
		}
		return load.build();
	}

	private static Load.Builder speaking(Arguments arguments, Load.Builder load) {
		String protocol = arguments.find("--protocol").orElse("http1");
		return switch (protocol) {
			case "http1" -> load;
			case "http2" -> load.http2();
			default ->
				throw new IllegalArgumentException("--protocol must be http1 or http2, but is '" + protocol + "'");
		};
	}

}
