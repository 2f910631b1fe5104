package io.podlifecycle.journal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Begins a run and sets a directory aside, in a process of its own.
 */
final class VolumeCheck {

	private VolumeCheck() {
	}

	public static void main(String[] args) {
		Path volume = Path.of(args[0]);
		InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00.000Z"));
		try (Journal journal = Journal.open(volume.resolve("journal"), clock, VolumeCheck::print)) {
			print("kept: " + journal.isKept() + ", in a row: " + journal.uncleanInARow());
			journal.note(Milestone.READY, "");
		}
		print(new ScratchDirectories(List.of(volume.resolve("scratch")), 1).setAside(clock.instant()).toString());
	}

	private static void print(String line) {
		System.out.println(line);
	}

}
