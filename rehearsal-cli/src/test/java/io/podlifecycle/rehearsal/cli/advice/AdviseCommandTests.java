package io.podlifecycle.rehearsal.cli.advice;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.xml.parsers.DocumentBuilderFactory;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class AdviseCommandTests {

	private static final String POD = """
			kind: Pod
			metadata: {name: orders}
			spec:
			  containers:
			  - name: orders
			    readinessProbe:
			      httpGet: {path: /actuator/health/readiness, port: 8080}
			    env:
			    - {name: POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD, value: "30"}
			""";

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	private Path directory = Path.of(".");

	@Test
	void exitsWith0WhereNothingIsFound() throws IOException {
		assertThat(run("", manifest(POD))).isZero();
		assertThat(text(this.out)).isEqualTo("No findings in 1 resource." + System.lineSeparator());
	}

	@Test
	void exitsWith1AndTellsWhereWhatAndHow() throws IOException {
		Path config = Files.writeString(this.directory.resolve("application.properties"), "server.port=9000");
		assertThat(run(POD, "-", "--config", config.toString())).isEqualTo(1);
		assertThat(text(this.out).lines()).containsExactly("-: Pod orders",
				"  spec.containers[0].readinessProbe.httpGet.port (probe-port)",
				"    The application answers /actuator/health/readiness on port 9000, not on 8080.",
				"    Fix: ask /actuator/health/readiness on port 9000", "1 finding in 1 resource.");
	}

	@Test
	void whatIsAcceptedIsListedAndNoFailure() {
		assertThat(run(POD.replace("/readiness", "/liveness"), "-", "--accept", "readiness-asks-liveness=It has none."))
			.isZero();
		assertThat(text(this.out)).contains("readinessProbe.httpGet.path (readiness-asks-liveness)",
				"    Accepted: It has none.", "No findings in 1 resource, 1 accepted.");
	}

	@Test
	void writesFindingsAsTests() throws Exception {
		Path file = this.directory.resolve("TEST-advise.xml");
		String pods = POD + "---\n"
				+ POD.replace("name: orders}", "name: other}")
					.replace("port: 8080", "port: 9090")
					.replace("/readiness", "/liveness");
		assertThat(run(pods, "-", "--accept", "readiness-asks-liveness=It has none.", "--junit-xml", file.toString()))
			.isZero();
		assertThat(suite(file)).isEqualTo("2 tests, 0 failed, 1 skipped");
		assertThat(run(pods, "-", "--junit-xml", file.toString())).isEqualTo(1);
		assertThat(suite(file)).isEqualTo("2 tests, 1 failed, 0 skipped");
		assertThat(Files.readString(file)).contains("type=\"readiness-asks-liveness\"", "Fix: ask /actuator",
				"name=\"-: Pod orders\"", "timestamp=\"2026-11-22T12:00:00Z\"");
		assertThat(run(POD, "-", "--junit-xml", this.directory.toString())).isEqualTo(74);
	}

	private static String suite(Path file) throws Exception {
		Element suite = DocumentBuilderFactory.newDefaultInstance()
			.newDocumentBuilder()
			.parse(file.toFile())
			.getDocumentElement();
		return suite.getAttribute("tests") + " tests, " + suite.getAttribute("failures") + " failed, "
				+ suite.getAttribute("skipped") + " skipped";
	}

	@Test
	void refusesToAcceptWhatIsNotThere() {
		assertThat(run(POD, "-", "--accept", "probe-port=It is a proxy.")).isEqualTo(65);
		assertThat(run(POD, "-", "--accept", "probe-part=It is a proxy.")).isEqualTo(CommandLine.ExitCode.USAGE);
		assertThat(run(POD, "-", "--accept", "probe-port=")).isEqualTo(CommandLine.ExitCode.USAGE);
		assertThat(run(POD, "-", "--accept", "probe-port")).isEqualTo(CommandLine.ExitCode.USAGE);
		assertThat(text(this.err)).contains("probe-port is accepted, and there is no such finding",
				"--accept: There is no rule 'probe-part', but there are grace-period, budget,",
				"--accept: probe-port cannot be accepted without a reason");
	}

	@Test
	void refusesFilesOfNoUse() throws IOException {
		assertThat(run("", manifest("a: b: c"))).isEqualTo(65);
		assertThat(run("kind: Service", "-", "--container", "orders")).isEqualTo(65);
		assertThat(run("", "nowhere.yaml")).isEqualTo(66);
		assertThat(run(POD, "-", "--jar", manifest(POD))).isEqualTo(66);
		assertThat(text(this.err))
			.contains("cannot be read as YAML", "There is no Deployment", "with a container orders", "nowhere.yaml")
			.doesNotContain("\tat ");
	}

	@Test
	void isReachedByItsName() throws IOException {
		try (AppProcess process = AppProcess.builder()
			.mainClass("io.podlifecycle.rehearsal.cli.RehearsalCommandLine")
			.argument("advise", manifest(POD))
			.start()) {
			assertThat(process.awaitExit(Duration.ofSeconds(60))).isZero();
			assertThat(process.log()).extracting(LogLine::text).contains("No findings in 1 resource.");
		}
	}

	private String manifest(String text) throws IOException {
		return Files.writeString(this.directory.resolve("manifest.yaml"), text).toString();
	}

	private int run(String input, String... args) {
		PrintWriter out = new PrintWriter(this.out, true, StandardCharsets.UTF_8);
		PrintWriter err = new PrintWriter(this.err, true, StandardCharsets.UTF_8);
		return new CommandLine(
				new AdviseCommand(out, err, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
						InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"))))
			.setOut(out)
			.setErr(err)
			.execute(args);
	}

	private static String text(ByteArrayOutputStream stream) {
		return stream.toString(StandardCharsets.UTF_8);
	}

}
