/**
 * Writes what was seen in a rehearsal to files: as JSON for programs, and as a page for
 * people.
 */
@NullMarked
package io.podlifecycle.rehearsal.cli.report;

import org.jspecify.annotations.NullMarked;
