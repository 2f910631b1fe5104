package io.podlifecycle.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Volumes as Kubernetes mounts them, in a mount namespace of their own; skipped where
 * that is not allowed.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class VolumeIntegrationTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path volume;

	@BeforeEach
	void checkThatVolumesCanBeMounted() throws Exception {
		this.volume = this.volume.toRealPath();
		assumeThat(Path.of("/usr/bin/unshare")).as("unshare, which makes a mount namespace").isExecutable();
		assumeThat(run("mount -t tmpfs none " + this.volume + " && echo mounted"))
			.as("a mount in a namespace of its own, which this machine may not permit")
			.contains("mounted");
	}

	@Test
	void whereTheVolumeIsReadOnlyNothingIsKeptAndNothingIsKnown() throws Exception {
		crash();
		assertThat(check("mount --bind $V $V && mount -o remount,bind,ro $V"))
			.contains("No journal is kept in " + this.volume.resolve("journal"), "Read-only file system")
			.contains("kept: false, in a row: 0");
	}

	@Test
	void whereTheVolumeIsFullNothingIsKept() throws Exception {
		assertThat(check("mount -t tmpfs -o size=4k none $V && head -c 4096 /dev/zero > $V/filler"))
			.contains("No journal is kept in", "No space left on device", "kept: false");
	}

	@Test
	void aJournalThatIsMountedAsASingleFileIsAppendedTo() throws Exception {
		crash();
		Path file = this.volume.resolve("journal");
		Files.writeString(file, Files.readString(file) + "torn");
		assertThat(check("mount --bind $V/journal $V/journal")).contains("cannot be cleaned up")
			.contains("kept: true, in a row: 1");
		assertThat(check("true")).doesNotContain("cannot be cleaned up").contains("kept: true, in a row: 2");
	}

	@Test
	void theContentOfAMountPointIsSetAsideWithinIt() throws Exception {
		Files.createDirectory(this.volume.resolve("scratch"));
		String aside = this.volume.resolve("scratch/.aside-20261122T100000000Z").toString();
		assertThat(check("mount -t tmpfs none $V/scratch && mkdir $V/scratch/d && echo corrupt > $V/scratch/d/index"))
			.contains("moved=[" + aside + "], problems=[]", "found: " + aside + "/d/index")
			.doesNotContain("found: " + this.volume.resolve("scratch/d"));
	}

	@Test
	void aSecondProcessKeepsNone() throws Exception {
		try (Journal journal = open()) {
			assertThat(check("true")).contains("another process keeps it", "kept: false");
			assertThat(journal.isKept()).isTrue();
		}
		assertThat(check("true")).contains("kept: true, in a row: 1");
	}

	private void crash() {
		try (Journal journal = open()) {
			journal.note(Milestone.READY, "");
		}
	}

	private Journal open() {
		return Journal.open(this.volume.resolve("journal"), InstantSource.fixed(Instant.parse("2026-11-22T09:00:00Z")),
				(warning) -> {
				});
	}

	private String check(String mount) throws Exception {
		String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
		return run("V=" + this.volume + "; " + mount + " && " + java + " -cp '" + System.getProperty("java.class.path")
				+ "' " + VolumeCheck.class.getName() + " $V; find $V -mindepth 1 | sed 's/^/found: /'");
	}

	private static String run(String script) throws IOException, InterruptedException {
		Process process = new ProcessBuilder("unshare", "-rm", "sh", "-c", script).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return output;
	}

}
