package io.podlifecycle.docs;

import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;

import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.ShutdownSettingsMapper;
import io.podlifecycle.boot.startup.DependencyWaitStarter;
import io.podlifecycle.dependency.Probes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.ResourcePropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation is true: each snippet on each page is what it claims to be.
 */
class DocumentationTests {

	private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");

	private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Tests|Contract|Benchmark))`");

	private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

	private static final Pattern NAME = Pattern.compile("\"name\": \"([^\"]+)\"");

	/** What the recipes refer to. */
	private static final String APPLICATION = """
			spring.datasource.url=jdbc:postgresql://db/orders
			spring.flyway.url=jdbc:postgresql://db/orders
			spring.flyway.user=owner
			spring.flyway.password=s3cret
			spring.r2dbc.username=orders
			spring.r2dbc.password=s3cret
			spring.data.redis.host=cache
			spring.data.redis.password=s3cret
			spring.kafka.bootstrap-servers=kafka-1:9092,kafka-2:9092
			spring.kafka.security.protocol=SASL_SSL
			spring.kafka.properties.sasl.mechanism=PLAIN
			spring.kafka.properties.sasl.jaas.config=s3cret
			spring.rabbitmq.host=queue
			spring.rabbitmq.username=orders
			spring.rabbitmq.password=s3cret
			spring.mongodb.uri=mongodb://orders:s3cret@documents/orders
			spring.elasticsearch.uris=https://search:9200
			spring.elasticsearch.username=orders
			spring.elasticsearch.password=s3cret
			""";

	static Stream<Snippet> settings() {
		return Snippet.all("yaml").stream().filter((snippet) -> ("\n" + snippet.text()).contains("\npod-lifecycle:"));
	}

	static Stream<Snippet> settingsOfBoot() {
		return Snippet.all("yaml")
			.stream()
			.filter((snippet) -> Stream.of("management", "server", "spring").anyMatch(snippet::startsWith));
	}

	static Stream<Path> pages() {
		return Snippet.pages().stream();
	}

	/** What is no settings in YAML is a manifest: see the module k8s. */
	@Test
	void everyLanguageHasItsTest() {
		assertThat(Snippet.all()).isNotEmpty()
			.extracting(Snippet::language)
			.isSubsetOf("yaml", "java", "kotlin", "xml", "json", "shell", "text", "dockerfile");
	}

	@Test
	void dockerfileSnippetsAreInTheDockerfileOfTheSampleApp() throws IOException {
		List<String> lines = Files.readAllLines(Path.of("..", "sample-app", "Dockerfile"));
		assertThat(Snippet.all("dockerfile")).isNotEmpty()
			.allSatisfy((snippet) -> assertThat(lines).containsAll(snippet.text().lines().toList()));
	}

	@ParameterizedTest
	@MethodSource
	void settings(Snippet snippet) throws IOException {
		GenericApplicationContext context = new GenericApplicationContext();
		context.setEnvironment(environment(load(snippet)));
		PodLifecycleProperties properties = Binder.get(context.getEnvironment())
			.bind("pod-lifecycle", Bindable.of(PodLifecycleProperties.class),
					new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
			.get();
		Probes probes = DependencyWaitStarter.probes(getClass().getClassLoader());
		assertThat(DependencyWaitStarter.settings(properties.getStartup(), () -> probes, context)).isNotNull();
		assertThat(new ShutdownSettingsMapper(properties.getShutdown(), context.getEnvironment()).settings())
			.isNotNull();
	}

	private static List<PropertySource<?>> load(Snippet snippet) throws IOException {
		return new YamlPropertySourceLoader().load("snippet",
				new ByteArrayResource(snippet.text().getBytes(StandardCharsets.UTF_8)));
	}

	private static MockEnvironment environment(List<PropertySource<?>> sources) throws IOException {
		MockEnvironment environment = new MockEnvironment().withProperty("spring.main.cloud-platform", "kubernetes");
		environment.getPropertySources()
			.addLast(new ResourcePropertySource("application",
					new ByteArrayResource(APPLICATION.getBytes(StandardCharsets.UTF_8))));
		sources.forEach(environment.getPropertySources()::addFirst);
		return environment;
	}

	@ParameterizedTest
	@MethodSource
	void settingsOfBoot(Snippet snippet) throws IOException {
		Set<String> known = new HashSet<>();
		Enumeration<URL> files = getClass().getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json");
		while (files.hasMoreElements()) {
			String metadata = new String(files.nextElement().openStream().readAllBytes(), StandardCharsets.UTF_8);
			NAME.matcher(metadata).results().map((match) -> match.group(1)).forEach(known::add);
		}
		List<String> names = load(snippet).stream()
			.flatMap((source) -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
			.filter((name) -> !name.startsWith("pod-lifecycle."))
			.map((name) -> name.replaceAll("\\[\\d+]$", ""))
			.toList();
		assertThat(known).containsAll(names);
	}

	@Test
	void theDependencyIsTheStarter() throws Exception {
		assertThat(Snippet.all("xml")).isNotEmpty().allSatisfy((snippet) -> {
			Element starter = xml(Snippet.read(Snippet.ROOT.resolve("starter/pom.xml")));
			Element dependency = xml(snippet.text());
			assertThat(value(dependency, "artifactId")).isEqualTo(
					value((Element) starter.getElementsByTagName("artifactId").item(1).getParentNode(), "artifactId"));
			assertThat(value(dependency, "groupId")).isEqualTo(value(starter, "groupId"));
			assertThat(value(dependency, "version")).isEqualTo(value(starter, "version"));
		});
	}

	private static Element xml(String text) throws Exception {
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(text)))
			.getDocumentElement();
	}

	private static String value(Element element, String name) {
		return Stream.iterate(element.getFirstChild(), (node) -> node != null, (node) -> node.getNextSibling())
			.filter((node) -> node.getNodeName().equals(name))
			.findFirst()
			.orElseGet(() -> element.getElementsByTagName(name).item(0))
			.getTextContent();
	}

	@Test
	void jsonParses() {
		assertThat(Snippet.all("json")).isNotEmpty()
			.allSatisfy(
					(snippet) -> assertThat(JsonParserFactory.getJsonParser().parseMap(snippet.text())).isNotEmpty());
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsSomewhere(Path page) {
		assertThat(LINK.matcher(Snippet.read(page)).results()).allSatisfy((MatchResult link) -> {
			Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
			assertThat(target).exists();
			if (link.group(2) != null) {
				assertThat(anchors(target)).as(target.toString()).contains(link.group(2));
			}
		});
	}

	private static Set<String> anchors(Path page) {
		return HEADING.matcher(Snippet.read(page))
			.results()
			.map((heading) -> heading.group(1)
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyTestThatIsNamedExists(Path page) throws IOException {
		List<String> sources = CommandSnippetsTests.sources();
		assertThat(TEST.matcher(Snippet.read(page)).results())
			.allSatisfy((test) -> assertThat(sources).anyMatch((file) -> file.endsWith("/" + test.group(1) + ".java")));
	}

	@Test
	void everyPageIsFoundFromTheReadme() {
		Set<Path> found = new HashSet<>();
		follow(Snippet.ROOT.resolve("README.md"), found);
		assertThat(found.stream().map(Path::normalize)).containsAll(pages().map(Path::normalize).toList());
	}

	private static void follow(Path page, Set<Path> found) {
		if (found.add(page.normalize())) {
			LINK.matcher(Snippet.read(page))
				.results()
				.map((link) -> page.resolveSibling(link.group(1)))
				.flatMap(DocumentationTests::withPages)
				.forEach((target) -> follow(target, found));
		}
	}

	private static Stream<Path> withPages(Path target) {
		if (Files.isDirectory(target)) {
			return pages().filter((page) -> page.normalize().startsWith(target.normalize()));
		}
		return target.toString().endsWith(".md") ? Stream.of(target) : Stream.empty();
	}

}
