package io.podlifecycle.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rehearsal that a page of the documentation shows, which has been run: with one
 * replica, unless a pod ends before the next is ready, whose JVM compiles less, and with
 * a comparison on the first page only.
 *
 * @param command the command
 * @param directory where it wrote {@code rehearsal.json}
 * @param result its end
 */
record DocumentedRehearsal(Command command, Path directory, Command.Result result) {

	static final Path DIRECTORY = Command.ROOT.resolve("rehearsal-cli/target");

	private static final Path APP = Command.ROOT.resolve("sample-app/target/sample-app.jar");

	private static final String FIRST_PAGE = "README.md";

	static boolean matches(Command command) {
		return command.contains(" rehearse ");
	}

	/**
	 * Return what the project's own page shows.
	 * @return the commands
	 */
	static Stream<Command> first() {
		return Command.all().stream().filter(DocumentedRehearsal::matches).filter(DocumentedRehearsal::isFirst);
	}

	/**
	 * Return what the other pages show.
	 * @return the commands
	 */
	static Stream<Command> others() {
		return Command.all().stream().filter(DocumentedRehearsal::matches).filter((command) -> !isFirst(command));
	}

	private static boolean isFirst(Command command) {
		return command.page().equals(FIRST_PAGE);
	}

	/**
	 * Run a rehearsal.
	 * @param command the command
	 * @param directory where its file goes
	 * @return what came of it
	 */
	static DocumentedRehearsal run(Command command, Path directory) {
		try {
			Path own = Files.createDirectory(directory.resolve(Integer.toHexString(command.hashCode())));
			HttpServer fortunes = fortuneServer();
			try {
				Command.Result result = shorten(command, fortunes.getAddress().getPort()).plus("--json " + json(own))
					.run(command.contains(" app.jar") ? DIRECTORY : Command.ROOT);
				return new DocumentedRehearsal(command, own, result);
			}
			finally {
				fortunes.stop(0);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Command shorten(Command command, int fortunes) {
		Command shorter = (isFirst(command) ? command : command.without(" --compare"))
			.plus("--jvm -XX:TieredStopAtLevel=1");
		if (!command.contains("--scenario short-grace")) {
			shorter = shorter.without(" --replicas 2").plus("--replicas 1");
		}
		if (command.contains(" app.jar")) {
			shorter = shorter.with("app.jar", APP.toString()).plus("--env SPRING_PROFILES_ACTIVE=server");
		}
		if (command.contains("=demo")) {
			shorter = shorter.plus("--env SAMPLE_DEMO_FORTUNESERVERDELAY=1s");
		}
		if (command.contains("--dependency ")) {
			shorter = shorter.with("localhost:8081", "localhost:" + fortunes).with("--away 15s", "--away 6s");
		}
		return shorter;
	}

	private static HttpServer fortuneServer() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			try (exchange) {
				exchange.sendResponseHeaders(200, 2);
				exchange.getResponseBody().write(new byte[] { 'O', 'K' });
			}
		});
		server.start();
		return server;
	}

	private static Path json(Path directory) {
		return directory.resolve("rehearsal.json");
	}

	Path json() {
		return json(this.directory);
	}

	void assertEndsAsThePageSays() {
		assertThat(this.result.exitCode()).as(this.result.output()).isEqualTo(exitCode());
		assertThat(this.result.output()).contains("latency p99", "pods killed")
			.contains(this.command.contains("--advise") ? "propagation.max" : "");
		assertThat(json()).isNotEmptyFile();
	}

	/** While a dependency has moved requests fail, for as long as its address is kept. */
	private int exitCode() {
		return this.command.contains("dependency-moved") ? 1 : 0;
	}

	/** The documented query reads what was written. */
	void assertIsRead(Command query) {
		Assumptions.assumeTrue(query.isInstalled(), "There is no jq on the PATH");
		Command.Result answer = query.run(this.directory);
		assertThat(answer.exitCode()).as(answer.output()).isZero();
		assertThat(answer.output()).containsPattern("\"failed\": " + ((exitCode() != 0) ? "[1-9]" : "0,"));
	}

}
