/**
 * How the last run ended, kept in a file for the next one, and what to do when runs keep
 * ending badly.
 */
@NullMarked
package io.podlifecycle.journal;

import org.jspecify.annotations.NullMarked;
