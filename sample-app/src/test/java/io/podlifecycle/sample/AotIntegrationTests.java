package io.podlifecycle.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample app, processed ahead of time as {@code spring-boot:process-aot} does it and
 * run with what that made.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("full")
class AotIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(90);

	@TempDir
	private Path folder = Path.of("");

	@Test
	void waitsAndLeavesWithAotArtifactsToo() throws IOException {
		process();
		compile();
		assertThat(this.folder.resolve("resources/META-INF/native-image")).isDirectory();
		String classPath = String.join(File.pathSeparator, this.folder.resolve("classes").toString(),
				this.folder.resolve("resources").toString(), System.getProperty("java.class.path"));
		try (AppProcess app = AppProcess.builder()
			.mainClass(SampleApplication.class.getName(), classPath)
			.jvmOption("-Dspring.aot.enabled=true", "-XX:TieredStopAtLevel=1")
			.argument("--spring.profiles.active=demo", "--server.port=" + FreePort.next(),
					"--pod-lifecycle.startup.dependencies.fortune=http://localhost:" + FreePort.next() + "/",
					"--sample.demo.fortune-server-delay=1s", "--pod-lifecycle.shutdown.propagation.when=never")
			.start()) {
			app.awaitLog("Starting AOT-processed SampleApplication", LIMIT);
			app.awaitLog("Done waiting after ", LIMIT);
			app.awaitLog("Started SampleApplication", LIMIT);
			app.terminate();
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			app.awaitLog("Graceful shutdown completed in ", LIMIT);
		}
	}

	/** Nothing is there to wait for where an application is built. */
	private void process() {
		try (AppProcess processor = AppProcess.builder()
			.mainClass(SpringApplicationAotProcessor.class.getName())
			.jvmOption("-XX:TieredStopAtLevel=1")
			.argument(SampleApplication.class.getName(), this.folder.resolve("sources").toString(),
					this.folder.resolve("resources").toString(), this.folder.resolve("classes").toString(),
					"io.podlifecycle", "sample-app", "--spring.profiles.active=demo")
			.start()) {
			assertThat(processor.awaitExit(LIMIT)).as(() -> processor.log().toString()).isZero();
			assertThat(processor.log()).noneMatch((line) -> line.text().contains("Waiting for fortune"));
		}
	}

	private void compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> sources = Files.walk(this.folder.resolve("sources"))) {
			List<Path> java = sources.filter((file) -> file.toString().endsWith(".java")).toList();
			assertThat(java).anyMatch((file) -> file.toString().contains("podlifecycle"));
			List<String> options = List.of("-proc:none", "-nowarn", "-d", this.folder.resolve("classes").toString(),
					"-cp", this.folder.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path"));
			assertThat(
					compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(java)).call())
				.isTrue();
		}
	}

}
