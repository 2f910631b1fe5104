package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.podlifecycle.rehearsal.load.ClientsResult;
import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class JsonReportTests {

	@TempDir
	private Path directory = Path.of(".");

	@ParameterizedTest
	@ValueSource(strings = { "app", Rollouts.HOSTILE })
	void aParserReadsBackWhatWasSeen(String text) throws IOException {
		Rollout without = Rollouts.of(text, "", 3);
		Rollout with = Rollouts.of(text, Rollouts.REPORT, 0);
		JsonNode json = write(List.of(without, with));
		assertThat(json.get("version").asInt()).isEqualTo(1);
		assertThat(json.get("rollouts")).hasSize(2);
		assertSame(json.get("rollouts").get(0), without);
		assertSame(json.get("rollouts").get(1), with);
	}

	@Test
	void whatALoadGotIsOneLine() {
		LoadResult result = new LoadResult(Instant.parse("2026-11-22T12:00:00Z"), Duration.ofMillis(1_500), 20, 4,
				Map.of(Failure.Kind.STATUS, 1L, Failure.Kind.EOF, 2L),
				List.of(new Failure(Duration.ofMillis(12), "kept-alive-1", Failure.Kind.EOF,
						"a \"quote\", a \\ and a\nline", 7),
						new Failure(Duration.ofMillis(13), "fresh-2", Failure.Kind.STATUS, "503", 0)),
				Duration.ofNanos(1_234_567), Duration.ofMillis(20), Duration.ofMillis(31),
				List.of(new ClientsResult("sse", 2, 1, 40)));
		assertThat(JsonReport.of(result)).isEqualTo("{\"startedAt\":\"2026-11-22T12:00:00Z\",\"durationMs\":1500,"
				+ "\"requests\":20,\"connections\":4,\"failed\":3,\"failuresByKind\":{\"EOF\":2,\"STATUS\":1},"
				+ "\"latencyMs\":{\"p50\":1.235,\"p99\":20.000,\"max\":31.000},\"clients\":["
				+ "{\"sort\":\"sse\",\"requests\":2,\"failed\":1,\"events\":40}],\"failures\":["
				+ "{\"atMs\":12,\"client\":\"kept-alive-1\",\"kind\":\"EOF\","
				+ "\"detail\":\"a \\\"quote\\\", a \\\\ and a\\nline\",\"requestsBefore\":7},"
				+ "{\"atMs\":13,\"client\":\"fresh-2\",\"kind\":\"STATUS\",\"detail\":\"503\",\"requestsBefore\":0}]}");
	}

	@Test
	void aRolloutWithoutAnythingIsWritten() throws IOException {
		JsonNode json = write(List.of(Rollouts.empty()));
		assertSame(json.get("rollouts").get(0), Rollouts.empty());
	}

	@Test
	void theDocumentationHasEveryNameAndOption() throws IOException {
		String text = Files.readString(Path.of("..", "docs", "rehearsal.md"));
		Set<String> names = new TreeSet<>();
		addNames(write(List.of(Rollouts.of("app", Rollouts.REPORT, 3))), names);
		assertThat(names).hasSizeGreaterThan(30)
			.allSatisfy((name) -> assertThat(text).containsPattern("\\b" + name + "\\b"));
		assertThat(PodPhase.Kind.values())
			.allSatisfy((kind) -> assertThat(text).contains(kind.name()).contains(kind.label()));
		assertThat(text).contains("`--report FILE`", "`--json FILE`");
	}

	private static void addNames(JsonNode json, Set<String> names) {
		json.properties().forEach((property) -> {
			names.add(property.getKey());
			// These are the user's.
			if (!property.getKey().equals("settings")) {
				addNames(property.getValue(), names);
			}
		});
		if (json.isArray()) {
			json.forEach((element) -> addNames(element, names));
		}
	}

	private JsonNode write(List<Rollout> rollouts) throws IOException {
		Path file = this.directory.resolve("rollout.json");
		Files.writeString(file, "what was there before, and longer ".repeat(10_000));
		JsonReport.write(rollouts, file);
		return JsonMapper.shared().readTree(Files.readString(file));
	}

	private static void assertSame(JsonNode json, Rollout rollout) {
		assertThat(json.get("scenario").asString()).isEqualTo(rollout.scenario());
		assertThat(Instant.parse(json.get("startedAt").asString())).isEqualTo(rollout.startedAt());
		assertThat(duration(json, "durationMs")).isEqualTo(rollout.duration());
		assertThat(json.get("settings").properties()).allSatisfy(
				(entry) -> assertThat(rollout.settings()).containsEntry(entry.getKey(), entry.getValue().asString()))
			.hasSameSizeAs(rollout.settings().entrySet());
		assertThat(json.get("pods")).hasSameSizeAs(rollout.pods());
		for (int i = 0; i < rollout.pods().size(); i++) {
			assertSame(json.get("pods").get(i), rollout.pods().get(i), rollout);
		}
		assertThat(
				json.get("endpoints")
					.valueStream()
					.map((node) -> new EndpointChange(duration(node, "atMs"),
							node.get("pods").valueStream().map(JsonNode::asString).toList())))
			.isEqualTo(rollout.endpoints());
		assertThat(json.get("slices")
			.valueStream()
			.map((node) -> new LoadSlice(duration(node, "atMs"), duration(node, "lengthMs"),
					node.get("requests").asLong(), node.get("failed").asLong(), latency(node, "p50Ms"),
					latency(node, "p99Ms"), latency(node, "maxMs"))))
			.isEqualTo(rollout.slices());
		assertThat(duration(json, "loadStartedAtMs")).isEqualTo(rollout.loadStartedAt());
		assertLoad(json.get("load"), rollout);
	}

	private static void assertSame(JsonNode json, PodLife pod, Rollout rollout) {
		assertThat(json.get("name").asString()).isEqualTo(pod.name());
		assertThat(json.get("port").asInt()).isEqualTo(pod.port());
		assertThat(json.get("exitCode").isNull() ? null : json.get("exitCode").asInt()).isEqualTo(pod.exitCode());
		assertThat(json.get("restarts").asInt()).isEqualTo(pod.restarts());
		assertThat(json.get("terminationMessage").asString())
			.isEqualTo(TerminationMessage.of(pod.terminationMessage()).text());
		assertThat(
				json.get("events")
					.valueStream()
					.map((node) -> new PodEvent(duration(node, "atMs"),
							PodEvent.Kind.valueOf(node.get("kind").asString()), node.get("detail").asString())))
			.isEqualTo(pod.events());
		assertThat(json.get("phases")
			.valueStream()
			.map((node) -> new PodPhase(PodPhase.Kind.valueOf(node.get("kind").asString()), duration(node, "fromMs"),
					duration(node, "toMs"))))
			.isEqualTo(PodPhases.of(pod, rollout));
		assertThat(json.get("log")
			.valueStream()
			.map((node) -> new LogLine(rollout.startedAt().plus(duration(node, "atMs")), node.get("text").asString())))
			.isEqualTo(pod.log());
	}

	private static void assertLoad(JsonNode json, Rollout rollout) {
		assertThat(json.get("requests").asLong()).isEqualTo(rollout.load().requests());
		assertThat(json.get("failed").asLong()).isEqualTo(rollout.load().failed());
		assertThat(latency(json.get("latencyMs"), "p99")).isEqualTo(rollout.load().p99());
		assertThat(json.get("failures")
			.valueStream()
			.map((node) -> new Failure(duration(node, "atMs").minus(rollout.loadStartedAt()),
					node.get("client").asString(), Failure.Kind.valueOf(node.get("kind").asString()),
					node.get("detail").asString(), node.get("requestsBefore").asInt())))
			.isEqualTo(rollout.load().failures());
	}

	private static Duration duration(JsonNode node, String name) {
		return Duration.ofMillis(node.get(name).asLong());
	}

	private static Duration latency(JsonNode node, String name) {
		return Duration.ofNanos(Math.round(node.get(name).asDouble() * 1_000_000));
	}

}
