package io.podlifecycle.process;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.process.HttpProbe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that Boot's developer tools restart within its JVM, since something on
 * its class path has changed.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("full")
class DevtoolsIntegrationTests {

	private static final String DEPENDENCIES = "--pod-lifecycle.startup.dependencies.";

	private final int dependency = FreePort.next();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path changing;

	@Test
	void waitsAgainAndLeavesNothingOfItsFormerLifeBehind() throws Exception {
		assertLeavesNothingBehind(Library.JAR);
	}

	@Test
	void fromADirectoryLeavesNothingOfItsFormerLifeBehindEither() throws Exception {
		assertLeavesNothingBehind(Library.DIRECTORY);
	}

	private void assertLeavesNothingBehind(Library library) throws Exception {
		write("one");
		try (Service service = start(library)) {
			String before;
			try (ServerSocket fortune = new ServerSocket(this.dependency)) {
				assertThat(fortune.isBound()).isTrue();
				assertThat(service.awaitReady().get("/state").body()).isEqualTo("one, launch 1");
				before = service.get("/traces").body();
				assertThat(before).contains("SIGTERM: 1 supervised, forwarded to the JVM",
						"threads: pod-lifecycle-supervisor, watch-gate\n", "class loader: \n");
			}
			write("two");
			// The early probe server answers: the server is stopped, and the dependency
			// is
			// waited
			// for.
			service.awaitStatus(service.uri("/state"), 503);
			service.awaitLog("no propagation delay");
			assertThat(service.log()).containsOnlyOnce("Started RestartedApplication")
				.containsOnlyOnce("Shutting down on the close of the application context")
				.contains("no propagation delay");
			try (ServerSocket fortune = new ServerSocket(this.dependency)) {
				assertThat(fortune.isBound()).isTrue();
				service.awaitStatus(service.uri("/state"), 200);
				service.awaitReady();
			}
			assertThat(service.get("/state").body()).isEqualTo("two, launch 2");
			service.awaitStatus(tracesAre(service, before), 200);
			assertDrains(service);
		}
	}

	private static void assertDrains(Service service) throws Exception {
		CompletableFuture<HttpProbe.Answer> answer = CompletableFuture.supplyAsync(() -> {
			try {
				return service.get("/slow?ms=2000");
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		service.awaitLog("Slow request begins");
		assertThat(service.terminate().awaitExit()).isEqualTo(143);
		assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("slow");
		assertThat(service.log()).containsOnlyOnce("Shutting down on SIGTERM")
			.containsOnlyOnce("Graceful shutdown completed in ")
			.contains("1 in flight at the start", "0 cut off");
	}

	private static URI tracesAre(Service service, String traces) {
		return service.uri("/traces/are?expected=" + URLEncoder.encode(traces, StandardCharsets.UTF_8));
	}

	private void write(String word) throws IOException {
		Files.writeString(this.changing.resolve("application.properties"), "app.word=" + word + "\n");
	}

	private Service start(Library library) throws IOException {
		String classPath = this.changing + File.pathSeparator + library.replaceIn(Server.TOMCAT.classPath());
		return Service.startApplication(RestartedApplication.class,
				AppProcess.builder().jvmOption("--add-opens", "java.base/java.lang=ALL-UNNAMED"),
				SetUpJars.addTo(classPath, "spring-boot-devtools"), "--spring.devtools.restart.poll-interval=300ms",
				"--spring.devtools.restart.quiet-period=200ms", "--spring.devtools.livereload.enabled=false",
				"--pod-lifecycle.startup.early-probes.enabled=true",
				DEPENDENCIES + "fortune=tcp://127.0.0.1:" + this.dependency,
				DEPENDENCIES + "gate.uri=tcp://127.0.0.1:" + this.dependency, DEPENDENCIES + "gate.gate=readiness",
				DEPENDENCIES + "gate.watch.period=500ms");
	}

	/**
	 * What the restarted class loader does not load anew, and what it does: developer
	 * tools tell jars from directories.
	 */
	enum Library {

		JAR, DIRECTORY;

		String replaceIn(String classPath) throws IOException {
			Path target = Path.of("target").toAbsolutePath();
			String own = ((this == JAR) ? jar(target) : target.resolve("classes")).toString();
			List<String> others = Stream.of(classPath.split(File.pathSeparator))
				.filter((entry) -> !Path.of(entry).startsWith(target) || entry.endsWith("test-classes"))
				.toList();
			return Stream.concat(Stream.of(own), others.stream()).collect(Collectors.joining(File.pathSeparator));
		}

		private static Path jar(Path target) throws IOException {
			try (Stream<Path> files = Files.list(target)) {
				return files.filter((file) -> file.getFileName().toString().matches("pod-lifecycle-.*\\.jar"))
					.findFirst()
					.orElseThrow();
			}
		}

	}

}
