package io.podlifecycle.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java that the documentation shows compiles. Takes seconds, since it runs the
 * compiler for each snippet.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaSnippetsTests {

	private static final String BEFORE = """
			import java.io.IOException;
			import java.nio.file.Path;
			import java.time.Duration;
			import io.grpc.*;
			import io.podlifecycle.boot.shutdown.*;
			import io.podlifecycle.boot.startup.*;
			import io.podlifecycle.dependency.*;
			import io.podlifecycle.shutdown.*;
			import io.podlifecycle.stream.*;
			import io.podlifecycle.work.*;
			import io.podlifecycle.grpc.*;
			import io.podlifecycle.journal.*;
			import io.podlifecycle.rehearsal.Rehearsal;
			import io.podlifecycle.rehearsal.junit.RehearsedApp;
			import io.podlifecycle.task.StopOnQuiesce;
			import io.podlifecycle.web.*;
			import org.junit.jupiter.api.Test;
			import org.springframework.boot.SpringApplication;
			import org.springframework.boot.autoconfigure.SpringBootApplication;
			import org.springframework.context.annotation.Bean;
			import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;
			import org.springframework.scheduling.annotation.Scheduled;
			import org.springframework.stereotype.Component;
			import org.springframework.web.bind.annotation.GetMapping;
			import org.springframework.web.bind.annotation.RestController;
			import org.springframework.web.context.request.async.DeferredResult;
			import static io.podlifecycle.rehearsal.assertj.RolloutAssert.assertThat;
			abstract class Snippet {
				/* what the snippets take for granted */
				interface Lease {
					void handOver();
				}
				record Changes() {
					static Changes none() {
						return new Changes();
					}
				}
				static class Fortunes implements BindableService {
					public ServerServiceDefinition bindService() {
						return ServerServiceDefinition.builder("fortunes").build();
					}
				}
				reactor.core.publisher.Sinks.Empty<?> sink;
				Streams streams;
			""";

	private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

	/** To open each jar of the class path once takes most of the time. */
	private final StandardJavaFileManager files = this.compiler.getStandardFileManager(null, null, null);

	@TempDir
	Path directory = Path.of("");

	@AfterAll
	void closeFiles() throws IOException {
		this.files.close();
	}

	static Stream<Snippet> snippets() {
		return Snippet.all("java").stream();
	}

	@ParameterizedTest
	@MethodSource("snippets")
	void everySnippetCompiles(Snippet snippet) {
		assertThat(errors(snippet.text())).isEmpty();
	}

	@Test
	void onlyWhatCompilesDoes() {
		assertThat(errors("@Bean\nPreStopTask task() {\n\treturn new PreStopTask();\n}\n")).isNotEmpty();
		assertThat(errors("var stream = this.streams.opened();\n")).isNotEmpty();
	}

	private List<String> errors(String text) {
		boolean statements = text.startsWith("var ");
		String source = BEFORE + (statements ? "void run() throws Exception {\n" + text + "}\n" : text) + "}\n";
		DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
		List<String> options = List.of("-proc:none", "-d", this.directory.toString(), "-cp",
				System.getProperty("java.class.path"));
		this.compiler.getTask(null, this.files, problems, options, null, List.of(new Source(source))).call();
		return problems.getDiagnostics()
			.stream()
			.filter((problem) -> problem.getKind() == Diagnostic.Kind.ERROR)
			.map(Object::toString)
			.toList();
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String text) {
			super(URI.create("string:///Snippet.java"), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
