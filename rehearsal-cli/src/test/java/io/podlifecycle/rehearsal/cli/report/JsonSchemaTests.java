package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written as JSON is what the published schema says. A change of what is there in
 * the schema takes a new {@code version}.
 */
class JsonSchemaTests {

	private final JsonNode schema = read(Path.of("..", "docs", "rehearsal.schema.json"));

	@TempDir
	private Path directory = Path.of(".");

	@Test
	void aReportIsValid() throws IOException {
		assertThat(violations(report())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "\"version\":1, \"version\":2", "\"requests\":290, \"requests\":\"290\"", "\"failed\":, \"lost\":",
			"\"kind\":\"RESET\", \"kind\":\"LOST\"", "\"exitCode\":143, \"exitCode\":1.5" })
	void anotherOneIsNot(String text, String replacement) throws IOException {
		String report = report();
		assertThat(report).contains(text);
		assertThat(violations(report.replace(text, replacement))).isNotEmpty();
	}

	@Test
	void theKindsAreThoseThatThereAre() {
		JsonNode rollout = this.schema.at("/properties/rollouts/items/properties");
		JsonNode pod = rollout.at("/pods/items/properties");
		assertKinds(pod.at("/events/items/properties/kind/enum"), PodEvent.Kind.values());
		assertKinds(pod.at("/phases/items/properties/kind/enum"), PodPhase.Kind.values());
		assertKinds(rollout.at("/load/properties/failures/items/properties/kind/enum"), Failure.Kind.values());
		assertKinds(rollout.at("/load/properties/failuresByKind/propertyNames/enum"), Failure.Kind.values());
	}

	private static void assertKinds(JsonNode names, Enum<?>[] kinds) {
		assertThat(names.valueStream().map(JsonNode::asString))
			.containsExactlyElementsOf(Stream.of(kinds).map(Enum::name).toList());
	}

	private List<Error> violations(String report) {
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(this.schema)
			.validate(report, InputFormat.JSON);
	}

	private String report() throws IOException {
		return Files.readString(JsonReport.write(
				List.of(Rollouts.of("app", "", 3), Rollouts.of("app", Rollouts.REPORT, 0), Rollouts.empty()),
				this.directory.resolve("report.json")));
	}

	private static JsonNode read(Path file) {
		return JsonMapper.shared().readTree(file.toFile());
	}

}
