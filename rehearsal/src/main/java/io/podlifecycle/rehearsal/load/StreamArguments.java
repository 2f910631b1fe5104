package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.util.Set;

import io.podlifecycle.rehearsal.arguments.Arguments;

/**
 * The arguments of commands for clients of streams, and for the rate of the others. Every
 * method throws {@link IllegalArgumentException} with a message for people.
 *
 * @since 0.1.0
 */
public final class StreamArguments {

	/** Their names. All have a value and may be given once. */
	public static final Set<String> NAMES = Set.of("--sse", "--sse-path", "--websocket", "--websocket-path",
			"--stream-pause", "--rate");

	private static final int MAX_CLIENTS = 9_999;

	private static final int MAX_RATE = 100_000;

	private StreamArguments() {
	}

	/**
	 * Tells how many clients of streams are asked for.
	 * @param arguments the arguments
	 * @return the number, 0 or more
	 */
	public static int clients(Arguments arguments) {
		return count(arguments, "--sse") + count(arguments, "--websocket");
	}

	/**
	 * Adds what is asked for.
	 * @param arguments the arguments
	 * @param load where to
	 */
	public static void add(Arguments arguments, Load.Builder load) {
		Duration pause = arguments.duration("--stream-pause", Duration.ofMillis(100));
		load.sseClients(count(arguments, "--sse"), path(arguments, "--sse"), pause)
			.webSocketClients(count(arguments, "--websocket"), path(arguments, "--websocket"), pause);
		if (arguments.has("--rate")) {
			load.rate(arguments.count("--rate", MAX_RATE, 0));
		}
	}

	private static int count(Arguments arguments, String clients) {
		return arguments.count(clients, MAX_CLIENTS, 0);
	}

	private static String path(Arguments arguments, String clients) {
		String path = arguments.find(clients + "-path").orElse("");
		if (!path.isEmpty() && !path.startsWith("/")) {
			throw new IllegalArgumentException(clients + "-path must begin with '/', but is '" + path + "'");
		}
		if (!path.isEmpty() && !arguments.has(clients)) {
			throw new IllegalArgumentException(clients + "-path is of no use without " + clients);
		}
		return path;
	}

}
