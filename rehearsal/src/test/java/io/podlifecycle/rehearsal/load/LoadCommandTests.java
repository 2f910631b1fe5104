package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Takes longer than other unit tests: it starts the command three times.
 */
class LoadCommandTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@Test
	void reportsProgressAndTheResultOnSigterm() throws IOException {
		try (RawServer server = RawServer.answering(RawServer.OK);
				AppProcess command = command("--url", server.uri().toString(), "--keep-alive", "2",
						"--keep-alive-pause", "10ms", "--fresh", "1", "--fresh-pause", "10ms", "--max", "5m")) {
			command.awaitLog(Pattern.compile("^requests=[1-9]\\d* failed=0 \\["), LONG);
			command.terminate();
			assertThat(command.awaitExit(LONG)).isZero();
			assertThat(results(command)).singleElement()
				.asString()
				.contains("\"failed\":0,", "\"requests\":" + server.requests.size());
		}
	}

	@Test
	void endsByItselfAndExitsWithZeroThoughRequestsFailed() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
				AppProcess command = command("--url", server.uri().toString(), "--fresh", "1", "--fresh-pause", "10ms",
						"--max", "1s")) {
			assertThat(command.awaitExit(LONG)).isZero();
			assertThat(results(command)).singleElement()
				.asString()
				.contains("\"failuresByKind\":{\"STATUS\":" + server.requests.size() + "}");
			assertThat(command.log()).extracting(LogLine::text)
				.allMatch((line) -> line.startsWith("requests=") || line.startsWith("RESULT {"));
		}
	}

	@Test
	void exitsWith64AndSaysWhatIsWrong() {
		try (AppProcess command = command("--url", "http://localhost/", "--fresh", "1")) {
			assertThat(command.awaitExit(LONG)).isEqualTo(64);
			assertThat(command.log()).extracting(LogLine::text).contains("--max is missing", LoadArguments.USAGE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--url", "--max 1m --fresh 1", "--url http://localhost/ --max 1m",
			"--url http://localhost/ --max 1m --fresh x", "--url http://localhost/ --max 1m --fresh -1",
			"--url http://localhost/ --max ten --fresh 1", "--url http://localhost/ --max 0s --fresh 1",
			"--url http://localhost/ --max 1m --fresh 1 --fresh 2",
			"--url http://localhost/ --max 1m --fresh 1 --other 1", "--url ftp://localhost/ --max 1m --fresh 1",
			"--url http://localhost/ --max 1m --fresh 1 --protocol http3",
			"--url http://localhost/ --max 1m --sse 1 --sse-path events",
			"--url http://localhost/ --max 1m --fresh 1 --websocket-path /socket",
			"--url http://localhost/ --max 1m --fresh 1 --rate 0", "--url :// --max 1m --fresh 1" })
	void refusesArgumentsOfNoUse(String arguments) {
		String[] split = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
		assertThatIllegalArgumentException().isThrownBy(() -> LoadArguments.parse(split));
	}

	private static AppProcess command(String... arguments) {
		return AppProcess.builder()
			.environment("JAVA_TOOL_OPTIONS", null)
			.jvmOption("-XX:TieredStopAtLevel=1")
			.mainClass(LoadCommand.class.getName())
			.argument(arguments)
			.start();
	}

	private static List<String> results(AppProcess command) {
		return command.log().stream().map(LogLine::text).filter((line) -> line.startsWith("RESULT {")).toList();
	}

}
