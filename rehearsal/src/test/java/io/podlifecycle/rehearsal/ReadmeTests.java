package io.podlifecycle.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README shows must compile, and must be true.
 */
class ReadmeTests {

	private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

	private static final Pattern COORDINATES = Pattern.compile(
			"<groupId>(.*?)</groupId>.*?<version>(.*?)</version>" + "\\s*</parent>\\s*<artifactId>(.*?)</artifactId>",
			Pattern.DOTALL);

	private static final String IMPORTS = """
			import java.nio.file.Path;
			import java.time.Duration;
			import io.podlifecycle.rehearsal.*;
			import io.podlifecycle.rehearsal.junit.*;
			import io.podlifecycle.rehearsal.pod.*;
			import org.junit.jupiter.api.Test;
			import org.junit.jupiter.api.extension.RegisterExtension;
			import static io.podlifecycle.rehearsal.assertj.RolloutAssert.assertThat;
			""";

	private final String readme = read(Path.of("README.md"));

	@TempDir
	private Path directory = Path.of(".");

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new AssertionError("The tests run in the directory of the module", ex);
		}
	}

	@Test
	void everyJavaSnippetCompiles() {
		List<String> snippets = SNIPPET.matcher(this.readme).results().map((match) -> match.group(1)).toList();
		assertThat(snippets).hasSizeGreaterThan(1);
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		for (String snippet : snippets) {
			DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
			List<String> options = List.of("-proc:none", "-d", this.directory.toString(), "-cp",
					System.getProperty("java.class.path"));
			compiler.getTask(null, null, problems, options, null, List.of(new Snippet(snippet))).call();
			assertThat(problems.getDiagnostics()).as(snippet)
				.filteredOn((problem) -> problem.getKind() == Diagnostic.Kind.ERROR)
				.isEmpty();
		}
	}

	@Test
	void theDependencyIsThisModule() {
		Matcher module = COORDINATES.matcher(read(Path.of("pom.xml")));
		assertThat(module.find()).isTrue();
		Object[] coordinates = { module.group(1), module.group(3), module.group(2) };
		assertThat(this.readme).contains("""
				<dependency>
					<groupId>%s</groupId>
					<artifactId>%s</artifactId>
					<version>%s</version>
					<scope>test</scope>
				</dependency>
				""".formatted(coordinates), "testImplementation(\"%s:%s:%s\")".formatted(coordinates));
	}

	private static final class Snippet extends SimpleJavaFileObject {

		private final String text;

		Snippet(String text) {
			super(URI.create("string:///Snippet.java"), Kind.SOURCE);
			this.text = text.startsWith("import ") ? text : IMPORTS + "class Snippet {\n" + text + "\n}";
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
