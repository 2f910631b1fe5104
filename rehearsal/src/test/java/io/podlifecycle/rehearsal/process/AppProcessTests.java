package io.podlifecycle.rehearsal.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Takes longer than other unit tests: each starts a JVM.
 */
class AppProcessTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(200);

	@Test
	void passesArgumentsOptionsAndVariables() {
		try (AppProcess app = talking().argument("one", "two")
			.jvmOption("-Dtalking.option=set")
			.environment("TALKING_VARIABLE", "told")
			.start()) {
			app.awaitLog("ready", LONG);
			assertThat(app.log()).extracting(LogLine::text)
				.contains("arguments one,two", "option set", "variable told", "to standard error");
		}
	}

	@Test
	void takesAwayAVariableThatIsSetToNull() {
		try (AppProcess app = talking().environment("TALKING_VARIABLE", "told")
			.environment("TALKING_VARIABLE", null)
			.start()) {
			app.awaitLog("variable null", LONG);
		}
	}

	@Test
	void runsAJar(@TempDir Path directory) throws IOException {
		try (AppProcess app = AppProcess.builder().jar(jarOfTalkingApp(directory)).argument("jar").start()) {
			app.awaitLog("arguments jar", LONG);
		}
	}

	@Test
	void whenTerminatedKeepsWhatIsLoggedAfterwardsAndReturns143() {
		try (AppProcess app = ready()) {
			app.terminate();
			assertThat(app.awaitExit(LONG)).isEqualTo(143);
			assertThat(app.isAlive()).isFalse();
			assertThat(app.log()).extracting(LogLine::text).endsWith("stopping");
		}
	}

	@Test
	void whenKilledReturns137WithoutAnotherLine() {
		try (AppProcess app = ready()) {
			app.kill();
			assertThat(app.awaitExit(LONG)).isEqualTo(137);
			assertThat(app.log()).extracting(LogLine::text).doesNotContain("stopping");
		}
	}

	@Test
	void sendsAnySignal() {
		assumeTrue(AppProcess.canReceive("INT"), "SIGINT is ignored here, and env cannot reset it");
		try (AppProcess app = ready()) {
			app.signal("SIGQUIT");
			app.awaitLog("Full thread dump", LONG);
			app.signal("int");
			assertThat(app.awaitExit(LONG)).isEqualTo(130);
		}
	}

	@Test
	void refusesSignalsThatDoNotExistOrAreNoNames() {
		try (AppProcess app = ready()) {
			assertThatIllegalArgumentException().isThrownBy(() -> app.signal("NOSUCH")).withMessageContaining("NOSUCH");
			assertThatIllegalArgumentException().isThrownBy(() -> app.signal("TERM; true"));
			assertThat(app.isAlive()).isTrue();
		}
	}

	@Test
	void refusesToSignalAProcessThatHasEnded() {
		try (AppProcess app = talking().argument("exit", "0").start()) {
			app.awaitExit(LONG);
			assertThatIllegalStateException().isThrownBy(() -> app.signal("TERM"));
		}
	}

	@Test
	void returnsTheExitCodeAndAllLines() {
		try (AppProcess app = talking().argument("exit", "42").start()) {
			assertThat(app.awaitExit(LONG)).isEqualTo(42);
			assertThat(app.log()).extracting(LogLine::text).contains("to standard error");
		}
	}

	@Test
	void findsLinesByPatternAndTellsWhenTheyCame() {
		Instant before = Instant.now();
		try (AppProcess app = ready()) {
			LogLine line = app.awaitLog(Pattern.compile("^re[a]dy$"), LONG);
			assertThat(line.text()).isEqualTo("ready");
			assertThat(line.at()).isBetween(before, Instant.now());
		}
	}

	@Test
	void whenALineDoesNotComeInTimeFailsWithTheLog() {
		try (AppProcess app = ready()) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> app.awaitLog("never said", SHORT))
				.withMessageContaining("never said")
				.withMessageContaining("still runs")
				.withMessageContaining("to standard error");
		}
	}

	@Test
	void whenTheProcessEndsWithoutTheLineFailsAtOnceWithTheExitCode() {
		try (AppProcess app = talking().argument("exit", "42").start()) {
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> app.awaitLog("never said", Duration.ofMinutes(5)))
				.withMessageContaining("exit code 42")
				.withMessageContaining("arguments exit,42");
		}
	}

	@Test
	void whenTheProcessDoesNotEndInTimeFailsWithAThreadDump() {
		try (AppProcess app = ready()) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> app.awaitExit(SHORT))
				.withMessageContaining("did not end")
				.withMessageContaining("Full thread dump")
				.withMessageContaining("TalkingApp.main");
			assertThat(app.isAlive()).isTrue();
		}
	}

	@Test
	void whenInterruptedLeavesTheWaitAndKeepsTheFlag() {
		try (AppProcess app = ready()) {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> app.awaitLog("never said", LONG))
				.withMessageContaining("Interrupted");
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void closeEndsTheProcess() {
		AppProcess app = ready();
		app.close();
		app.close();
		assertThat(app.isAlive()).isFalse();
		assertThat(ProcessHandle.of(app.pid())).isEmpty();
	}

	@Test
	void isNotStartedWithoutAJarOrAMainClass() {
		assertThatIllegalStateException().isThrownBy(() -> AppProcess.builder().start());
	}

	@Test
	void whenThereIsNoJavaSaysWhatWasTried(@TempDir Path directory) {
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> talking().javaHome(directory).start())
			.withMessageContaining(directory.toString());
	}

	private static AppProcess ready() {
		AppProcess app = talking().start();
		app.awaitLog("ready", LONG);
		return app;
	}

	private static AppProcessBuilder talking() {
		return AppProcess.builder()
			.mainClass(TalkingApp.class.getName())
			.jvmOption("-XX:TieredStopAtLevel=1", "-Xshare:auto");
	}

	private static Path jarOfTalkingApp(Path directory) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TalkingApp.class.getName());
		Path jar = directory.resolve("talking.jar");
		String entry = TalkingApp.class.getName().replace('.', '/') + ".class";
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file, manifest)) {
			out.putNextEntry(new ZipEntry(entry));
			try (var in = TalkingApp.class.getClassLoader().getResourceAsStream(entry)) {
				assertThat(in).isNotNull();
				in.transferTo(out);
			}
		}
		return jar;
	}

}
