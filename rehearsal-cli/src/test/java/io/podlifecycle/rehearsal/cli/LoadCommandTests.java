package io.podlifecycle.rehearsal.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes longer than other unit tests: it starts the command twice.
 */
class LoadCommandTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final AtomicInteger requests = new AtomicInteger();

	@Test
	void reportsProgressAndTheResultOnSigterm() throws IOException {
		HttpServer server = server(200);
		try (AppProcess command = command("--url", url(server), "--keep-alive", "2", "--keep-alive-pause", "10ms",
				"--fresh", "1", "--fresh-pause", "10ms", "--max", "5m")) {
			command.awaitLog(Pattern.compile("^requests=[1-9]\\d* failed=0 \\["), LONG);
			command.terminate();
			assertThat(command.awaitExit(LONG)).isZero();
			assertThat(results(command)).singleElement()
				.asString()
				.contains("\"failed\":0,", "\"requests\":" + this.requests);
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void endsByItselfAndExitsWithZeroThoughRequestsFailed() throws IOException {
		HttpServer server = server(503);
		try (AppProcess command = command("--url", url(server), "--fresh", "1", "--fresh-pause", "10ms", "--max",
				"1s")) {
			assertThat(command.awaitExit(LONG)).isZero();
			assertThat(results(command)).singleElement()
				.asString()
				.contains("\"failuresByKind\":{\"STATUS\":" + this.requests + "}");
			assertThat(command.log()).extracting(LogLine::text)
				.allMatch((line) -> line.startsWith("requests=") || line.startsWith("RESULT {"));
		}
		finally {
			server.stop(0);
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "--url http://localhost/ --fresh 1", "--max 1m --fresh 1", "--url http://localhost/ --max 1m",
					"--url http://localhost/ --max 1m --fresh -1", "--url http://localhost/ --max ten --fresh 1",
					"--url http://localhost/ --max 0s --fresh 1", "--url ftp://localhost/ --max 1m --fresh 1",
					"--url :// --max 1m --fresh 1", "--url http://localhost/ --max 1m --fresh 1 --protocol http3",
					"--url http://localhost/ --max 1m --sse 1 --sse-path events",
					"--url http://localhost/ --max 1m --fresh 1 --websocket-path /socket",
					"--url http://localhost/ --max 1m --fresh 1 --rate 0" })
	void exitsWith64AndSaysWhatIsWrong(String arguments) {
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		assertThat(RehearsalCommandLine.run(List.of(("load " + arguments).split(" ")), new PrintWriter(out),
				new PrintWriter(err, true), false, UnaryOperator.identity()))
			.isEqualTo(64);
		assertThat(err.toString()).contains("See load --help.").doesNotContain("\tat ");
		assertThat(out.toString()).isEmpty();
	}

	private HttpServer server(int status) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
		server.createContext("/", (exchange) -> {
			try (exchange) {
				this.requests.incrementAndGet();
				exchange.sendResponseHeaders(status, 2);
				exchange.getResponseBody().write(new byte[] { 'O', 'K' });
			}
		});
		server.start();
		return server;
	}

	private static String url(HttpServer server) {
		return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
	}

	private static AppProcess command(String... arguments) {
		return AppProcess.builder()
			.environment("JAVA_TOOL_OPTIONS", null)
			.jvmOption("-XX:TieredStopAtLevel=1")
			.mainClass(RehearsalCommandLine.class.getName())
			.argument("load")
			.argument(arguments)
			.start();
	}

	private static List<String> results(AppProcess command) {
		return command.log().stream().map(LogLine::text).filter((line) -> line.startsWith("RESULT {")).toList();
	}

}
