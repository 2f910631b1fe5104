package io.podlifecycle.journal;

import java.nio.file.Path;

import io.podlifecycle.Internal;

/**
 * Where to keep the journal, and what to do after unclean ends. Immutable.
 *
 * @param file the journal
 * @param scratch what to set aside
 * @param uncleanLimit after how many unclean ends in a row, at least 1
 * @since 0.1.0
 */
@Internal
public record JournalSettings(Path file, ScratchDirectories scratch, int uncleanLimit) {

}
