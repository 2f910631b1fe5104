package io.podlifecycle.rehearsal.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.ParseResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The workflow that the page shows calls the command line as it is.
 */
class PullRequestsPageTests {

	@Test
	void theCommandOfTheWorkflowIsUnderstood() throws IOException {
		List<String> words = List.of(command().replace("\"", "").strip().split("\\s+"));
		assertThat(words).startsWith("java", "-jar", "pod-lifecycle-rehearsal-cli.jar");
		PrintWriter nowhere = new PrintWriter(new StringWriter());
		ParseResult parsed = RehearsalCommandLine.commands(List.of(), nowhere, nowhere, false, UnaryOperator.identity())
			.parseArgs(words.subList(3, words.size()).toArray(String[]::new));
		ParseResult rehearse = Objects.requireNonNull(parsed.subcommand());
		assertThat(rehearse.commandSpec().name()).isEqualTo("rehearse");
		assertThat(rehearse.matchedOptions()).hasSize(6);
		for (String option : List.of("--baseline", "--junit-xml", "--markdown", "--report", "--json")) {
			assertThat(rehearse.hasMatchedOption(option)).as(option).isTrue();
		}
	}

	private static String command() throws IOException {
		String page = Files.readString(Path.of("..", "docs", "pull-requests.md"));
		String workflow = page.substring(page.indexOf("```yaml\n") + 8);
		List<Map<String, Object>> steps = new Yaml().load(workflow.substring(0, workflow.indexOf("```")));
		assertThat(steps).hasSize(2);
		return String.valueOf(steps.get(0).get("run"));
	}

}
