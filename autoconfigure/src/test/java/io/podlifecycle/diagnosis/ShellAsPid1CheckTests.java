package io.podlifecycle.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Process 1 as the kernel tells of it. The masks were read off real processes.
 */
class ShellAsPid1CheckTests {

	/** {@code dash -c} and {@code bash -c} while they wait for a child. */
	private static final String WITHOUT_TRAP = "0000000000010002";

	/** With {@code trap … TERM}. */
	private static final String WITH_TRAP = "0000000000014002";

	private static final long OWN_PID = 7;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path proc;

	@Test
	void aShellThatDoesNotCatchSigtermIsFound() throws IOException {
		init("sh", "/bin/sh\0-c\0java -jar app.jar\0", WITHOUT_TRAP);
		assertThat(new ShellAsPid1Check(this.proc, OWN_PID).look()).get()
			.asString()
			.contains("Process 1 is the shell '/bin/sh'", "exec form")
			.doesNotContain("app.jar");
	}

	@Test
	void aShellWithATrapMayEndBeforeTheApplicationDoes() throws IOException {
		init("bash", "/bin/bash\0/entrypoint.sh\0", WITH_TRAP);
		assertThat(new ShellAsPid1Check(this.proc, OWN_PID).look()).get()
			.asString()
			.contains("which has a trap for SIGTERM", "unless it waits again", "'exec'");
	}

	@ParameterizedTest
	@CsvSource({ "tini," + WITHOUT_TRAP, "dumb-init," + WITHOUT_TRAP, "java," + WITHOUT_TRAP, "pause," + WITHOUT_TRAP })
	void whatPassesSigtermOnIsNot(String program, String caught) throws IOException {
		init(program, "/" + program + "\0", caught);
		assertThat(new ShellAsPid1Check(this.proc, OWN_PID).look()).isEmpty();
	}

	@Test
	void anApplicationThatIsProcessOneItselfIsNot() throws IOException {
		init("sh", "/bin/sh\0", WITHOUT_TRAP);
		assertThat(new ShellAsPid1Check(this.proc, 1).look()).isEmpty();
	}

	@Test
	void whereNothingCanBeReadNothingIsFound() {
		assertThat(new ShellAsPid1Check(this.proc.resolve("none"), OWN_PID).look()).isEmpty();
	}

	private void init(String program, String command, String caught) throws IOException {
		Path init = Files.createDirectories(this.proc.resolve("1"));
		Files.writeString(init.resolve("comm"), program + "\n");
		Files.writeString(init.resolve("cmdline"), command);
		Files.writeString(init.resolve("status"),
				"Name:\t" + program + "\nSigIgn:\t0000000000000000\nSigCgt:\t" + caught + "\n");
	}

}
