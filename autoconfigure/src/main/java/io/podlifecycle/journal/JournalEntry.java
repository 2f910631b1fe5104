package io.podlifecycle.journal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

/**
 * A line of the journal: time, milestone, detail and a checksum, by which a line that is
 * torn or corrupt is told from one that is whole. Immutable.
 *
 * @param time when it was written, to the millisecond, by the wall clock, which may jump
 * @param milestone what is noted
 * @param detail more about it, possibly empty; one line of at most 200 characters, to
 * which a longer text is cut
 * @since 0.1.0
 */
record JournalEntry(Instant time, Milestone milestone, String detail) {

	private static final int LONGEST_DETAIL = 200;

	public JournalEntry {
		time = time.truncatedTo(ChronoUnit.MILLIS);
		String line = detail.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
		detail = (line.length() > LONGEST_DETAIL) ? line.substring(0, LONGEST_DETAIL).strip() : line;
	}

	String line() {
		String text = this.time + " " + this.milestone.id() + (this.detail.isEmpty() ? "" : " " + this.detail);
		return text + " " + checksum(text);
	}

	static @Nullable JournalEntry parse(String line) {
		int end = line.lastIndexOf(' ');
		if (end < 0 || !line.substring(end + 1).equals(checksum(line.substring(0, end)))) {
			return null;
		}
		String[] parts = line.substring(0, end).split(" ", 3);
		try {
			return new JournalEntry(Instant.parse(parts[0]), Milestone.valueOf(parts[1].toUpperCase(Locale.ROOT)),
					(parts.length > 2) ? parts[2] : "");
		}
		catch (DateTimeException | IllegalArgumentException | ArrayIndexOutOfBoundsException ex) {
			return null;
		}
	}

	private static String checksum(String text) {
		CRC32 checksum = new CRC32();
		checksum.update(text.getBytes(StandardCharsets.UTF_8));
		return String.format(Locale.ROOT, "%08x", checksum.getValue());
	}

}
