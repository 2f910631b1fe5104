package io.podlifecycle.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The commands that the documentation shows name modules, profiles, properties, tests and
 * files that exist. Those that take neither Maven nor a cluster are run, too, by the
 * sample app's {@code DocumentedCommandsIntegrationTests}.
 */
class CommandSnippetsTests {

	private static final Pattern COMMAND = Pattern.compile("^(?:    |\t)((?:mvn|java|docker|kubectl) .*)$",
			Pattern.MULTILINE);

	private static final Pattern MODULE = Pattern.compile("<module>([^<]*)</module>");

	private static final List<String> MODULES = modules();

	/** Maven's own and its plug-ins'. */
	private static final List<String> KNOWN_PROPERTIES = List.of("skipTests", "test", "it.test",
			"surefire.failIfNoSpecifiedTests", "failsafe.failIfNoSpecifiedTests", "invoker.skip", "groups");

	static Stream<String> commands() {
		return Snippet.pages()
			.stream()
			.flatMap((page) -> Stream.concat(indented(page),
					Snippet.all("shell")
						.stream()
						.filter((snippet) -> snippet.page().equals(Snippet.ROOT.relativize(page).toString()))
						.map(Snippet::text)))
			.flatMap((text) -> text.replaceAll("\\\\\\R\\s*", "").lines())
			.map((line) -> line.replaceAll("\\s+#.*$", "").strip())
			.filter((line) -> !line.isEmpty())
			.flatMap((line) -> Stream.of(line.split(" && (?=mvn|java|docker|kubectl)")));
	}

	private static Stream<String> indented(Path page) {
		String text = Snippet.read(page).replaceAll("\\\\\\R\\s*", "");
		return COMMAND.matcher(text).results().map((MatchResult match) -> match.group(1));
	}

	@ParameterizedTest
	@MethodSource("commands")
	void everyCommandNamesWhatThereIs(String command) throws IOException {
		check(command);
	}

	@Test
	void whatThereIsNotIsNoticed() {
		assertThat(commands()).hasSizeGreaterThan(5);
		for (String wrong : List.of("mvn -pl nowhere test", "mvn test -Dtest=NoSuchTests", "mvn verify -Pno-such",
				"mvn verify -Dno.such.property=1", "java -jar sample-app/target/other.jar", "make all",
				"java .ci/Nothing.java", "kubectl apply -k k8s/nowhere", "docker build -t x nowhere")) {
			assertThatThrownBy(() -> check(wrong)).as(wrong).isInstanceOf(AssertionError.class);
		}
	}

	private static void check(String command) throws IOException {
		List<String> words = Arrays.asList(command.split("\\s+(?=(?:[^']*'[^']*')*[^']*$)"));
		for (int i = 0; i < words.size(); i++) {
			String word = words.get(i);
			String next = (i + 1 < words.size()) ? words.get(i + 1) : "";
			if (words.contains("mvn")) {
				checkMaven(word, next);
			}
			else {
				checkFile(words.get(0), word, next);
			}
		}
	}

	private static void checkMaven(String word, String next) throws IOException {
		if (word.equals("-pl")) {
			assertThat(next.split(",")).allSatisfy((module) -> assertThat(path(module, "pom.xml")).exists());
		}
		else if (word.startsWith("-P")) {
			assertThat(poms()).contains("<id>" + word.substring(2) + "</id>");
		}
		else if (word.startsWith("-D")) {
			String[] property = word.substring(2).split("=", 2);
			if (property[0].endsWith("test") && !property[1].equals("none")) {
				String[] test = property[1].split("#", 2);
				assertThat(sources()).filteredOn((file) -> file.endsWith("/" + test[0] + ".java"))
					.anySatisfy((file) -> assertThat(Files.readString(Path.of(file)))
						.contains((test.length > 1) ? "void " + test[1] + "(" : ""));
			}
			assertThat(KNOWN_PROPERTIES.contains(property[0]) || poms().contains(property[0]) || isRead(property[0]))
				.as(property[0])
				.isTrue();
		}
	}

	private static boolean isRead(String property) throws IOException {
		for (String file : sources()) {
			if (Files.readString(Path.of(file)).contains("\"" + property + "\"")) {
				return true;
			}
		}
		return false;
	}

	private static void checkFile(String command, String word, String next) throws IOException {
		assertThat(command.replaceAll("^JAVA_HOME=.*", "mvn")).isIn("mvn", "java", "docker", "kubectl", "curl", "git",
				"jq", "cd");
		if (word.equals("-jar")) {
			// The guide is at home in the project that it makes.
			Path jar = path(next.startsWith("target/") ? "starter/src/it/consumer/" + next : next);
			String module = Snippet.read(jar.resolve("../../pom.xml").normalize());
			assertThat(module).contains("<finalName>" + jar.getFileName().toString().replace(".jar", ""));
		}
		if (word.endsWith(".java")) {
			assertThat(path(word)).exists();
		}
		if (word.equals("-k")) {
			assertThat(path(next, "kustomization.yaml")).exists();
		}
		if (command.equals("docker") && next.isEmpty()) {
			assertThat(path(word, "Dockerfile")).exists();
		}
	}

	private static List<String> modules() {
		Stream<String> modules = MODULE.matcher(Snippet.read(Snippet.ROOT.resolve("pom.xml")))
			.results()
			.map((match) -> match.group(1));
		return Stream.concat(Stream.of("."), modules).toList();
	}

	private static Path path(String first, String... more) {
		return Snippet.ROOT.resolve(Path.of(first, more));
	}

	private static String poms() throws IOException {
		StringBuilder poms = new StringBuilder();
		for (String module : MODULES) {
			poms.append(Files.readString(path(module, "pom.xml")));
		}
		return poms.toString();
	}

	static List<String> sources() throws IOException {
		List<String> sources = new ArrayList<>();
		for (String module : MODULES) {
			Path directory = path(module, "src", "test", "java");
			if (Files.exists(directory)) {
				try (Stream<Path> files = Files.walk(directory)) {
					files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(sources::add);
				}
			}
		}
		return sources;
	}

}
