package io.podlifecycle.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the guide adds to a project is what the starter's consumer is built from, whose
 * jar {@code ConsumerIntegrationTests} runs as the guide says. There is no Gradle and no
 * Kotlin in this build, so their snippets are held against those of Maven and Java.
 */
class GettingStartedTests {

	private static final String GUIDE = "docs/getting-started.md";

	private static final Path CONSUMER = Snippet.ROOT.resolve("starter/src/it/consumer");

	private static final Pattern ELEMENT = Pattern.compile("<(groupId|artifactId|version)>(.*)</");

	private static final Pattern IMPLEMENTATION = Pattern.compile("^\\s*implementation\\(\"([^\"]+)\"\\)",
			Pattern.MULTILINE);

	private static final Pattern TYPE = Pattern.compile("\\b[A-Z]\\w+");

	@Test
	void theConsumerIsWhatTheGuideMakes() {
		assertThat(joined(Snippet.read(CONSUMER.resolve("src/main/java/com/example/ConsumerApplication.java"))))
			.endsWith(joined(only("java")));
		assertThat(only("yaml")).isEqualTo(Snippet.read(CONSUMER.resolve("src/main/resources/application.yml")));
		assertThat(joined(Snippet.read(CONSUMER.resolve("pom.xml"))))
			.contains(joined(only("xml").replaceAll("<version>.*</version>", "<version>@project.version@</version>")));
	}

	@Test
	void gradleGetsWhatMavenGets() {
		Snippet.all("xml").forEach((maven) -> {
			String coordinates = ELEMENT.matcher(maven.text())
				.results()
				.map((element) -> element.group(2))
				.collect(Collectors.joining(":"));
			assertThat(ofPage(maven.page(), "kotlin").map(Snippet::text)
				.flatMap((text) -> IMPLEMENTATION.matcher(text).results())
				.map((implementation) -> implementation.group(1))).as(maven.toString()).containsExactly(coordinates);
		});
	}

	@Test
	void kotlinNamesTheTypesOfJava() {
		String java = Snippet.all("java").stream().map(Snippet::text).collect(Collectors.joining());
		List<String> types = Snippet.all("kotlin")
			.stream()
			.filter((snippet) -> !IMPLEMENTATION.matcher(snippet.text()).find())
			.flatMap((snippet) -> TYPE.matcher(snippet.text().replaceAll("Array<String>", "")).results())
			.map(MatchResult::group)
			.toList();
		assertThat(types).hasSizeGreaterThan(5)
			.allSatisfy((type) -> assertThat(java).containsPattern("\\b" + type + "\\b"));
	}

	private static String only(String language) {
		List<Snippet> snippets = ofPage(GUIDE, language).toList();
		assertThat(snippets).as(language).hasSize(1);
		return snippets.get(0).text();
	}

	private static Stream<Snippet> ofPage(String page, String language) {
		return Snippet.all(language).stream().filter((snippet) -> snippet.page().equals(page));
	}

	private static String joined(String text) {
		return text.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
	}

}
