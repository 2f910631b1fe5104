package io.podlifecycle.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes seconds, since a journal is opened and closed for each of many runs.
 */
class JournalTests {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));

	private final List<String> warnings = new ArrayList<>();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private Path file;

	@BeforeEach
	void nameFile() {
		this.file = this.directory.resolve("volume/journal");
	}

	@Test
	void theFirstRunHasNoPrevious() {
		try (Journal journal = open()) {
			assertThat(journal.isKept()).isTrue();
			assertThat(journal.previous()).isEmpty();
			assertThat(journal.restarts()).isZero();
			assertThat(journal.uncleanInARow()).isZero();
		}
		assertThat(this.warnings).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "'', KILLED, in startup", "WAITING WAITED, KILLED, in startup",
			"WAITING WAITED READY, KILLED, while it was serving", "READY, KILLED, while it was serving",
			"READY QUIESCING, KILLED, during its shutdown", "READY QUIESCING CLEAN, CLEAN, CLEAN!",
			"READY QUIESCING HALTED, HALTED, HALTED!", "CLEAN HALTED, HALTED, HALTED!",
			"FAILED CLEAN, CRASHED_IN_STARTUP, FAILED!", "CLEAN FAILED, CRASHED_IN_STARTUP, FAILED!",
			"GIVEN_UP CLEAN, GIVEN_UP, GIVEN_UP!" })
	void tellsHowTheLastRunEnded(String milestones, RunEnd end, String detail) {
		run(milestones);
		try (Journal journal = open()) {
			Run previous = journal.previous().orElseThrow();
			assertThat(previous.end()).isEqualTo(end);
			assertThat(previous.detail()).isEqualTo(detail);
			assertThat(previous.startedAt()).isEqualTo(CLOCK.instant());
			assertThat(previous.lastSeenAt()).isEqualTo(CLOCK.instant());
		}
		assertThat(this.warnings).isEmpty();
	}

	@Test
	void countsRestartsAndUncleanEndsInARow() {
		runs("READY", "READY CLEAN", "READY", "FAILED", "GIVEN_UP", "HALTED");
		try (Journal journal = open()) {
			assertThat(journal.restarts()).isEqualTo(6);
			assertThat(journal.uncleanInARow()).isEqualTo(3);
		}
	}

	@Test
	void aCleanEndEndsTheRow() {
		runs("READY", "READY", "CLEAN");
		try (Journal journal = open()) {
			assertThat(journal.uncleanInARow()).isZero();
		}
	}

	@Test
	void settingAsideBeginsANewRow() {
		runs("READY", "READY", "SET_ASIDE READY", "READY");
		try (Journal journal = open()) {
			assertThat(journal.uncleanInARow()).isEqualTo(2);
		}
	}

	@Test
	void aDetailBecomesOneShortLine() {
		try (Journal journal = open()) {
			journal.note(Milestone.FAILED, "first\nsecond\r\tthird \u0000" + "x".repeat(10_000));
		}
		try (Journal journal = open()) {
			assertThat(journal.previous().orElseThrow().detail()).startsWith("first second third x").hasSize(200);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 20, 40, 45 })
	void aTornLastLineIsAsIfItWereNotThere(int missing) throws IOException {
		runs("READY CLEAN", "READY CLEAN");
		byte[] bytes = Files.readAllBytes(this.file);
		Files.write(this.file, Arrays.copyOf(bytes, bytes.length - missing));
		try (Journal journal = open()) {
			Run previous = journal.previous().orElseThrow();
			assertThat(previous.number()).isEqualTo(2);
			assertThat(previous.end()).isEqualTo((missing == 1) ? RunEnd.CLEAN : RunEnd.KILLED);
		}
		assertThat(this.warnings).hasSize((missing == 1) ? 0 : 1);
		assertThatAllLinesAreReadable();
	}

	@Test
	void noCorruptionStopsAStartOrInventsAnEnd() throws IOException {
		runs("READY", "READY", "READY", "READY");
		byte[] whole = Files.readAllBytes(this.file);
		for (int seed = 0; seed < 300; seed++) {
			Random random = new Random(seed);
			byte[] corrupt = whole.clone();
			for (int i = random.nextInt(40); i >= 0; i--) {
				corrupt[random.nextInt(corrupt.length)] = (byte) random.nextInt(256);
			}
			Files.write(this.file, corrupt);
			try (Journal journal = open()) {
				assertThat(journal.isKept()).as("seed %s", seed).isTrue();
				assertThat(journal.restarts()).as("seed %s", seed).isLessThanOrEqualTo(4);
				assertThat(journal.previous().map(Run::end).orElse(RunEnd.KILLED)).as("seed %s", seed)
					.isEqualTo(RunEnd.KILLED);
			}
			assertThatAllLinesAreReadable();
		}
	}

	@Test
	void aRunThatHasLostItsFirstLineIsNotTakenForTheOneBefore() throws IOException {
		runs("READY CLEAN", "READY");
		List<String> lines = new ArrayList<>(Files.readAllLines(this.file));
		lines.set(3, lines.get(3).replace("starting", "startled"));
		Files.write(this.file, lines);
		try (Journal journal = open()) {
			assertThat(journal.previous().orElseThrow().end()).isEqualTo(RunEnd.KILLED);
			assertThat(journal.restarts()).isEqualTo(2);
		}
	}

	@Test
	void aForeignFileIsKeptUnderAnotherName() throws IOException {
		write("id,amount\n1,2\n");
		try (Journal journal = open()) {
			assertThat(journal.isKept()).isTrue();
			assertThat(journal.previous()).isEmpty();
		}
		assertThat(this.file.resolveSibling("journal.unreadable")).hasContent("id,amount\n1,2\n");
		assertThat(this.warnings).singleElement().asString().contains("no readable line", "journal.unreadable");
	}

	@Test
	void ofAHugeFileOnlyTheEndIsRead() throws IOException {
		runs("READY CLEAN");
		String run = Files.readString(this.file);
		for (int i = 0; i < 20; i++) {
			Files.writeString(this.file, ("x".repeat(99) + "\n").repeat(10_000), StandardOpenOption.APPEND);
		}
		Files.writeString(this.file, run, StandardOpenOption.APPEND);
		try (Journal journal = open()) {
			assertThat(journal.previous().orElseThrow().end()).isEqualTo(RunEnd.CLEAN);
		}
		assertThat(Files.size(this.file)).isLessThan(1000);
	}

	@Test
	void theFileDoesNotGrowForEver() throws IOException {
		for (int i = 0; i < 3 * Journal.RUNS; i++) {
			run("READY QUIESCING FAILED");
			assertThat(Files.size(this.file)).isLessThan(JournalFile.MOST_READ);
		}
		assertThat(Files.readAllLines(this.file)).hasSizeLessThanOrEqualTo((2 * Journal.RUNS + 1) * 4);
		try (Journal journal = open()) {
			assertThat(journal.restarts()).isEqualTo(3 * Journal.RUNS);
			assertThat(journal.uncleanInARow()).isGreaterThanOrEqualTo(Journal.RUNS);
		}
	}

	@Test
	void anInterruptedThreadNotesItsEnd() {
		try (Journal journal = open()) {
			Thread.currentThread().interrupt();
			journal.note(Milestone.CLEAN, "");
			assertThat(Thread.interrupted()).isTrue();
		}
		try (Journal journal = open()) {
			assertThat(journal.previous().orElseThrow().end()).isEqualTo(RunEnd.CLEAN);
		}
		assertThat(this.warnings).isEmpty();
	}

	/** Whoever can write to the volume could have put it there. */
	@Test
	void aLinkIsNoJournalAndWhatItLeadsToStaysAsItIs() throws IOException {
		Path precious = Files.createDirectory(this.directory.resolve("precious"));
		Path target = Files.writeString(precious.resolve("file"), "precious");
		Path volume = Files.createDirectory(this.directory.resolve("volume"));
		Files.createSymbolicLink(this.file, target);
		assertThatNoneIsKept("is a symbolic link");
		this.warnings.clear();
		Files.delete(this.file);
		Files.delete(volume);
		Files.createSymbolicLink(volume, precious);
		assertThatNoneIsKept("is a symbolic link");
		assertThat(target).hasContent("precious");
		assertThat(precious).isDirectoryNotContaining((child) -> !child.equals(target));
	}

	@Test
	void whatIsWrittenBesideItFollowsNoLink() throws IOException {
		run("READY");
		Path precious = Files.writeString(this.directory.resolve("precious"), "precious");
		Files.createSymbolicLink(Path.of(this.file + ".tmp"), precious);
		Files.writeString(this.file, "torn", StandardOpenOption.APPEND);
		run("READY");
		assertThat(Files.readAllLines(this.file)).hasSize(4);
		assertThat(precious).hasContent("precious");
	}

	@Test
	void aDirectoryIsNoJournal() throws IOException {
		Files.createDirectories(this.file);
		assertThatNoneIsKept("not a regular file");
	}

	@Test
	void aVolumeThatCannotBeWrittenIsAWarning() throws IOException {
		Files.writeString(this.directory.resolve("volume"), "a file where a directory should be");
		assertThatNoneIsKept("No journal is kept");
	}

	@Test
	void aSecondApplicationKeepsNone() {
		try (Journal first = open()) {
			assertThat(first.isKept()).isTrue();
			assertThatNoneIsKept("another application in this JVM keeps it");
			first.note(Milestone.CLEAN, "");
		}
		try (Journal next = open()) {
			assertThat(next.restarts()).isEqualTo(1);
			assertThat(next.previous().orElseThrow().end()).isEqualTo(RunEnd.CLEAN);
		}
	}

	@Test
	void aHaltAfterTheCloseIsStillNoted() {
		Journal journal = open();
		journal.note(Milestone.CLEAN, "");
		journal.close();
		journal.note(Milestone.HALTED, "");
		try (Journal next = open()) {
			assertThat(next.previous().orElseThrow().end()).isEqualTo(RunEnd.HALTED);
		}
	}

	@Test
	void aFileThatIsTakenAwayIsBegunAgain() throws IOException {
		try (Journal journal = open()) {
			Files.delete(this.file);
			journal.note(Milestone.READY, "");
		}
		try (Journal next = open()) {
			assertThat(next.previous().orElseThrow().detail()).isEqualTo("while it was serving");
		}
	}

	@Test
	void whatCannotBeNotedIsAWarning() throws IOException {
		try (Journal journal = open()) {
			Files.delete(this.file);
			Files.createDirectory(this.file);
			journal.note(Milestone.READY, "");
		}
		assertThat(this.warnings).singleElement().asString().contains("does not say ready");
	}

	private void assertThatNoneIsKept(String warning) {
		try (Journal journal = open()) {
			assertThat(journal.isKept()).isFalse();
			assertThat(journal.previous()).isEmpty();
			journal.note(Milestone.READY, "");
		}
		assertThat(this.warnings).singleElement().asString().contains(warning, this.file.toString());
	}

	private void assertThatAllLinesAreReadable() throws IOException {
		assertThat(Files.readAllLines(this.file))
			.allSatisfy((line) -> assertThat(JournalEntry.parse(line)).isNotNull());
	}

	private Journal open() {
		return Journal.open(this.file, CLOCK, this.warnings::add);
	}

	private void runs(String... runs) {
		for (String milestones : runs) {
			run(milestones);
		}
	}

	private void run(String milestones) {
		try (Journal journal = open()) {
			for (String milestone : milestones.split(" ", -1)) {
				if (!milestone.isEmpty()) {
					journal.note(Milestone.valueOf(milestone), milestone + "!");
				}
			}
		}
	}

	private void write(String text) throws IOException {
		Files.createDirectories(this.directory.resolve("volume"));
		Files.writeString(this.file, text);
	}

}
