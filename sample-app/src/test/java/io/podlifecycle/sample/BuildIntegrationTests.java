package io.podlifecycle.sample;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same sources make the same files, whoever builds them and where, and whether as the
 * demo of the README or strictly; and {@code -DskipTests} skips every test.
 */
@Tag("full")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class BuildIntegrationTests {

	private static final PathMatcher ARTIFACTS = FileSystems.getDefault()
		.getPathMatcher("glob:*/target/{*.jar,bom.json,bom.xml}");

	private static final PathMatcher TESTED = FileSystems.getDefault()
		.getPathMatcher("glob:*/target/{surefire-reports,failsafe-reports,it,it-repo}");

	@TempDir
	Path directory = Path.of("");

	@Test
	void twoBuildsMakeTheSameFiles() throws IOException {
		CompletableFuture<Path> demoBuild = CompletableFuture
			.supplyAsync(() -> build("demo", "--exclude=target", "-Pdemo package"));
		Path strict;
		try {
			// The build that runs this test has compiled strictly already.
			strict = build("strict",
					"--exclude=target/*.jar --exclude=target/*-reports --exclude=target/it*"
							+ " --exclude=target/shared-classes",
					"-DskipTests -Dmaven.compiler.useIncrementalCompilation=false verify");
		}
		finally {
			demoBuild.join();
		}
		Path demo = demoBuild.join();
		List<Path> artifacts = files(strict, ARTIFACTS);
		assertThat(artifacts).hasSizeGreaterThan(6);
		assertThat(artifacts)
			.allSatisfy((file) -> assertThat(strict.resolve(file)).hasSameBinaryContentAs(demo.resolve(file)));
		assertThat(files(strict, TESTED)).isEmpty();
		assertThat(files(Command.ROOT, TESTED)).isNotEmpty();
	}

	private Path build(String user, String excluded, String goals) {
		String copy = "mkdir " + user + " && tar -c --exclude=.git " + excluded + " -C " + Command.ROOT
				+ " . | tar -x -C " + user + " && cd " + user;
		String maven = " && mvn -B -Duser.name=%s -Dmaven.repo.local=%s -pl ".formatted(user,
				System.getProperty("localRepository"));
		// One bill of materials, since that of the library takes longer than its build.
		String commands = copy + maven + "sample-app -am " + goals + maven
				+ "rehearsal org.cyclonedx:cyclonedx-maven-plugin:makeBom";
		Command.Result result = new Command("this test", commands).run(this.directory);
		assertThat(result.exitCode()).as(result.output()).isZero();
		return this.directory.resolve(user);
	}

	private static List<Path> files(Path clone, PathMatcher matcher) throws IOException {
		try (Stream<Path> files = Files.walk(clone, 3)) {
			return files.map(clone::relativize).filter(matcher::matches).toList();
		}
	}

}
