package io.podlifecycle.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The workflows of the public continuous integration, which do not run here: each command
 * is one of CONTRIBUTING.md's, actions are pinned, and jobs may read the repository only.
 */
class WorkflowsTests {

	private static final Path GITHUB = Snippet.ROOT.resolve(".github");

	/** YAML 1.1 reads the key {@code on} as a boolean. */
	private static final Set<Object> KEYS = Set.of("name", true, "permissions", "concurrency", "jobs");

	private static final Set<String> KEYS_OF_JOB = Set.of("runs-on", "timeout-minutes", "strategy", "permissions",
			"environment", "steps");

	private static final Set<String> KEYS_OF_STEP = Set.of("name", "if", "uses", "with", "run", "env");

	private static final List<String> COMMANDS = Snippet.read(Snippet.ROOT.resolve("CONTRIBUTING.md"))
		.lines()
		.map(String::strip)
		.filter((line) -> line.startsWith("mvn "))
		.toList();

	static Stream<Path> workflows() throws IOException {
		return files("workflows").stream();
	}

	private static List<Path> files(String folder) throws IOException {
		try (Stream<Path> files = Files.list(GITHUB.resolve(folder))) {
			return files.sorted().toList();
		}
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void everyWorkflowIsSound(Path file) {
		assertIsSound(Snippet.read(file));
	}

	@Test
	void theDefaultBuildIsThatOfEachJavaAndEachLineOfSpringBoot() {
		Map<Object, Object> jobs = map(map(load(Snippet.read(GITHUB.resolve("workflows/build.yml")))).get("jobs"));
		assertThat(matrix(jobs.get("java"))).containsExactly(Map.entry("java", List.of(17, 21, 25)));
		String pom = Snippet.read(Snippet.ROOT.resolve("pom.xml"));
		List<String> lines = pom.lines()
			.map(String::strip)
			.filter((line) -> line.startsWith("<id>boot-"))
			.map((line) -> line.replaceAll("</?id>", ""))
			.toList();
		assertThat(matrix(jobs.get("spring-boot"))).containsExactly(Map.entry("line", lines));
	}

	@Test
	void whatIsUnsoundIsNoticed() {
		String sound = """
				name: build
				on: [push]
				permissions: {contents: read}
				jobs:
				  java:
				    runs-on: ubuntu-latest
				    timeout-minutes: 60
				    steps:
				    - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
				    - run: mvn -B verify
				""";
		assertIsSound(sound);
		Map.of("mvn -B verify", "mvn -B deploy", "contents: read", "contents: write", "permissions: {contents: read}",
				"concurrency: a", "on: [push]", "on: [pull_request_target]",
				"@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "timeout-minutes", "timeout", "- run", "- runs")
			.forEach((part, replacement) -> assertThatThrownBy(() -> assertIsSound(sound.replace(part, replacement)))
				.as(replacement)
				.isInstanceOf(AssertionError.class));
	}

	@Test
	void updatesComeForWhatThereIs() {
		Map<Object, Object> updates = map(load(Snippet.read(GITHUB.resolve("dependabot.yml"))));
		assertThat(updates).containsEntry("version", 2);
		assertThat(list(updates.get("updates"))).extracting((update) -> map(update).get("package-ecosystem"))
			.containsExactly("maven", "github-actions");
	}

	@Test
	void issuesAreForms() throws IOException {
		assertThat(files("ISSUE_TEMPLATE")).filteredOn((file) -> !file.endsWith("config.yml"))
			.isNotEmpty()
			.allSatisfy(
					(file) -> assertThat(map(load(Snippet.read(file)))).containsKeys("name", "description", "body"));
	}

	private static void assertIsSound(String text) {
		assertThat(text).doesNotContain("pull_request_target");
		Map<Object, Object> workflow = map(load(text));
		assertThat(KEYS).containsAll(workflow.keySet());
		assertThat(workflow).containsKeys("name", true).containsEntry("permissions", Map.of("contents", "read"));
		assertThat(map(workflow.get("jobs"))).isNotEmpty().allSatisfy((name, job) -> {
			assertThat(map(job)).containsKeys("runs-on", "timeout-minutes", "steps");
			assertThat(map(job).keySet()).isSubsetOf(KEYS_OF_JOB);
			Map<Object, Object> matrix = map(job).containsKey("strategy") ? matrix(job) : Map.of();
			assertThat(list(map(job).get("steps"))).isNotEmpty().allSatisfy((step) -> assertIsSound(map(step), matrix));
		});
	}

	private static void assertIsSound(Map<Object, Object> step, Map<Object, Object> matrix) {
		assertThat(step.keySet()).isSubsetOf(KEYS_OF_STEP);
		assertThat(step.containsKey("uses")).isNotEqualTo(step.containsKey("run"));
		if (step.containsKey("uses")) {
			assertThat(step.get("uses")).asString().matches("[\\w./-]+@[0-9a-f]{40}");
		}
		else {
			assertThat(commands(String.valueOf(step.get("run")), matrix)).isNotEmpty()
				.allSatisfy((command) -> assertThat(COMMANDS).contains(command));
		}
	}

	private static List<String> commands(String run, Map<Object, Object> matrix) {
		Stream<String> lines = run.lines().map(String::strip);
		for (Map.Entry<Object, Object> variable : matrix.entrySet()) {
			String place = "${{ matrix." + variable.getKey() + " }}";
			lines = lines.flatMap((line) -> list(variable.getValue()).stream()
				.map((value) -> line.replace(place, String.valueOf(value)))
				.distinct());
		}
		return lines.toList();
	}

	private static Map<Object, Object> matrix(Object job) {
		return map(map(map(job).get("strategy")).get("matrix"));
	}

	private static Object load(String text) {
		return new Yaml().load(text);
	}

	@SuppressWarnings("unchecked")
	private static Map<Object, Object> map(Object value) {
		return (Map<Object, Object>) Objects.requireNonNull(value);
	}

	@SuppressWarnings("unchecked")
	private static List<Object> list(Object value) {
		return (List<Object>) Objects.requireNonNull(value);
	}

}
