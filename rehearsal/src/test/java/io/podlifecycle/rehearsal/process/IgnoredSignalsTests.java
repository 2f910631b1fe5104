package io.podlifecycle.rehearsal.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Takes a little longer than other unit tests: it starts three JVMs.
 */
class IgnoredSignalsTests {

	@ParameterizedTest
	@CsvSource({ "0000000000000000, ''", "0000000000000002, INT", "0000000000000006, 'INT,QUIT'",
			"0000000000004001, TERM", "8000000000001001, ''" })
	void readsTheMaskOfTheKernel(String mask, String signals) {
		assertThat(String.join(",", IgnoredSignals.ignoredIn(mask))).isEqualTo(signals);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void sigintEndsAProcessWhoseParentWasStartedToIgnoreIt() throws Exception {
		assumeTrue(run("env --default-signal=INT echo reset").contains("reset"), "env cannot reset signals here");
		// The control: a JVM that was started as usual is ended by its own SIGINT.
		assertThat(run(interruptingApp("exec "))).doesNotContain("SIGINT had no effect");
		assertThat(run(interruptingApp("trap '' INT QUIT; exec "))).contains("SIGINT had no effect",
				"its process ended with 130");
	}

	private static String interruptingApp(String prefix) {
		return prefix + Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:TieredStopAtLevel=1 -cp '"
				+ System.getProperty("java.class.path") + "' " + InterruptingApp.class.getName();
	}

	/** As a script does, and also if these tests run in the background of one. */
	private static String run(String script) throws Exception {
		List<String> command = new ArrayList<>(IgnoredSignals.ofThisJvm().resetCommand());
		command.addAll(List.of("/bin/sh", "-c", script));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return output;
	}

}
