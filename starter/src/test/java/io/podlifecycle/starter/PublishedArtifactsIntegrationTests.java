package io.podlifecycle.starter;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is in the repository from which the consumer was built: the poms that are
 * published, and their jars.
 */
class PublishedArtifactsIntegrationTests {

	private static final Path REPOSITORY = Path.of("target/it-repo/io/podlifecycle");

	@Test
	void theStarterBringsTheLibraryAndTheStartersThatItNeeds() throws Exception {
		assertThat(dependencies("pod-lifecycle-spring-boot-starter")).containsExactlyInAnyOrder(
				"io.podlifecycle:pod-lifecycle-spring-boot compile",
				"org.springframework.boot:spring-boot-starter compile",
				"org.springframework.boot:spring-boot-starter-actuator compile");
	}

	@Test
	void theLibraryBringsAutoConfigurationAloneAndNothingOfItsTests() throws Exception {
		assertThat(dependencies("pod-lifecycle-spring-boot"))
			.filteredOn((dependency) -> dependency.endsWith(" compile"))
			.containsExactlyInAnyOrder("org.springframework.boot:spring-boot-autoconfigure compile",
					"org.jspecify:jspecify compile");
		assertThat(dependencies("pod-lifecycle-spring-boot")).hasSizeGreaterThan(20)
			.noneMatch((dependency) -> dependency.endsWith(" test"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pod-lifecycle-spring-boot-starter", "pod-lifecycle-spring-boot" })
	void aPomSaysWhatMavenCentralAsksFor(String artifact) throws Exception {
		Document pom = pom(artifact);
		assertThat(pom.getElementsByTagName("parent").getLength()).isZero();
		assertThat(Stream.of("name", "description", "url", "licenses", "developers", "scm", "issueManagement"))
			.allSatisfy((name) -> assertThat(pom.getElementsByTagName(name).item(0).getTextContent()).as(name)
				.isNotBlank()
				.doesNotContain("${"));
		assertThat(elements(pom, "dependency"))
			.allSatisfy((dependency) -> assertThat(text(dependency, "version", "")).isNotEmpty());
	}

	@Test
	void eachJarNamesItsModule() throws IOException {
		Path[] jars = { file("pod-lifecycle-spring-boot-starter", ".jar"), file("pod-lifecycle-spring-boot", ".jar") };
		assertThat(ModuleFinder.of(jars).findAll()).extracting((module) -> module.descriptor())
			.extracting(ModuleDescriptor::name)
			.containsExactlyInAnyOrder("io.podlifecycle.starter", "io.podlifecycle");
	}

	private static List<String> dependencies(String artifact) throws Exception {
		return elements(pom(artifact), "dependency")
			.map((dependency) -> "%s:%s %s".formatted(text(dependency, "groupId", ""),
					text(dependency, "artifactId", ""), Boolean.parseBoolean(text(dependency, "optional", "false"))
							? "optional" : text(dependency, "scope", "compile")))
			.toList();
	}

	private static Stream<Element> elements(Document pom, String name) {
		return IntStream.range(0, pom.getElementsByTagName(name).getLength())
			.mapToObj((index) -> (Element) pom.getElementsByTagName(name).item(index));
	}

	private static String text(Element element, String name, String otherwise) {
		return (element.getElementsByTagName(name).getLength() > 0)
				? element.getElementsByTagName(name).item(0).getTextContent().strip() : otherwise;
	}

	private static Document pom(String artifact) throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file(artifact, ".pom").toFile());
	}

	private static Path file(String artifact, String suffix) throws IOException {
		try (Stream<Path> files = Files.walk(REPOSITORY.resolve(artifact))) {
			return files
				.filter((file) -> file.getFileName().toString().matches(artifact + "-[0-9.]+(-SNAPSHOT)?" + suffix))
				.findFirst()
				.orElseThrow();
		}
	}

}
