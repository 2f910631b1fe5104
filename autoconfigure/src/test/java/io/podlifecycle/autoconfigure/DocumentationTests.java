package io.podlifecycle.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.podlifecycle.dependency.Probes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation is true.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern YAML = Pattern.compile("```yaml\\R(pod-lifecycle:\\R.*?)```", Pattern.DOTALL);

	private static final Pattern PROPERTY = Pattern.compile("\"name\": \"(pod-lifecycle\\.[^\"]+)\",\\s+\"type\": "
			+ "\"(?!io\\.podlifecycle\\.autoconfigure\\.[A-Z]\\w+Properties)", Pattern.DOTALL);

	static Stream<String> snippets() throws IOException {
		return Stream
			.of("README.md", "docs/startup.md", "docs/shutdown.md", "docs/journal.md", "docs/messaging.md",
					"docs/kubernetes.md", "docs/load-balancers-and-meshes.md", "docs/migration.md",
					"docs/troubleshooting.md", "docs/servers.md")
			.map(DocumentationTests::read)
			.flatMap((text) -> YAML.matcher(text).results())
			.map((match) -> match.group(1));
	}

	@ParameterizedTest
	@MethodSource("snippets")
	void everySnippetIsAccepted(String yaml) throws IOException {
		List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("snippet",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		PodLifecycleProperties properties = new Binder(ConfigurationPropertySources.from(sources))
			.bind("pod-lifecycle", Bindable.of(PodLifecycleProperties.class),
					new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
			.get();
		GenericApplicationContext context = new GenericApplicationContext();
		context.setEnvironment(environment(sources));
		Probes probes = StartupApplicationListener.probes(getClass().getClassLoader());
		assertThat(StartupApplicationListener.settings(properties.getStartup(), probes, context)).isNotNull();
		assertThat(new ShutdownSettingsMapper(properties.getShutdown(), context.getEnvironment()).settings())
			.isNotNull();
	}

	private static MockEnvironment environment(List<PropertySource<?>> sources) {
		MockEnvironment environment = new MockEnvironment().withProperty("spring.main.cloud-platform", "kubernetes");
		sources.forEach(environment.getPropertySources()::addFirst);
		return environment;
	}

	@Test
	void theReferenceHasEveryProperty() throws IOException {
		String reference = read("docs/reference.md");
		List<String> properties = PROPERTY.matcher(MetadataTests.metadata())
			.results()
			.map((MatchResult match) -> match.group(1))
			.toList();
		assertThat(properties).hasSizeGreaterThan(25)
			.allSatisfy((property) -> assertThat(reference).contains(property));
	}

	private static String read(String file) {
		try {
			return Files.readString(ROOT.resolve(file));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
