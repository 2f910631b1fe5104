package io.podlifecycle.starter;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.process.HttpProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar of a plain Boot project that was built from the installed artifacts, with
 * nothing but the starter added. It is started for each test, all at the same time, since
 * they wait more than they work.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.CONCURRENT)
class ConsumerIntegrationTests {

	private static final Path JAR = Path.of("target/it/consumer/target/consumer.jar");

	/** How the guide starts it. */
	private static final Pattern COMMAND = Pattern.compile("^ {4}java -jar target/consumer\\.jar (.*)$",
			Pattern.MULTILINE);

	private static final Pattern REPORT = Pattern.compile("^```text\\R(Graceful .*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");

	private static final String[] QUICK = { "-XX:TieredStopAtLevel=1", "-Xshare:auto" };

	private static final Duration START = Duration.ofSeconds(60);

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);

	private final int port = FreePort.next();

	@Test
	void asInTheGuideIsUnreadyAndServesAfterSigtermAndLeavesWithinItsGracePeriodWithAReport() throws Exception {
		String guide = Files.readString(Path.of("../docs/getting-started.md"));
		// Without traffic only its longest time ends the propagation delay.
		try (AppProcess consumer = start(AppProcess.builder()
			.argument("--pod-lifecycle.shutdown.propagation.max=5s")
			.argument(group(COMMAND, guide).split(" ")))) {
			consumer.terminate();
			consumer.awaitLog("Shutting down on SIGTERM", START);
			HttpProbe http = HttpProbe.create();
			assertThat(http.get(uri("/actuator/health/readiness")).status()).isEqualTo(503);
			assertThat(http.get(uri("/")).status()).isEqualTo(200);
			assertThat(consumer.awaitExit(GRACE_PERIOD)).isEqualTo(143);
			group(REPORT, guide).lines().forEach((line) -> consumer.awaitLog(withAnyNumbers(line), START));
		}
	}

	private static String group(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		assertThat(matcher.find()).as(pattern.toString()).isTrue();
		return matcher.group(1);
	}

	private static Pattern withAnyNumbers(String line) {
		return Pattern.compile(Stream.of(NUMBER.split(line.strip()))
			.map(Pattern::quote)
			.collect(Collectors.joining(NUMBER.pattern())));
	}

	@Test
	void elsewhereLeavesAtOnce() {
		try (AppProcess consumer = start(AppProcess.builder())) {
			consumer.terminate();
			assertThat(consumer.awaitExit(GRACE_PERIOD)).isEqualTo(143);
			consumer.awaitLog("no propagation delay", START);
		}
	}

	@Test
	void waitsForWhatItDependsOnAndSaysWhatIsMissing() {
		try (AppProcess consumer = AppProcess.builder()
			.jar(JAR)
			.jvmOption(QUICK)
			.argument("--pod-lifecycle.startup.dependencies.db=tcp://127.0.0.1:" + this.port,
					"--pod-lifecycle.startup.timeout=3s")
			.start()) {
			assertThat(consumer.awaitExit(START)).isEqualTo(69);
			consumer.awaitLog("- db (tcp://127.0.0.1:" + this.port + "): ConnectException: Connection refused", START);
		}
	}

	private AppProcess start(AppProcessBuilder builder) {
		AppProcess consumer = builder.jar(JAR).jvmOption(QUICK).argument("--server.port=" + this.port).start();
		HttpProbe.create().awaitStatus(uri("/actuator/health/readiness"), 200, START);
		return consumer;
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

}
