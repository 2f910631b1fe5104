/**
 * Waits that have an end.
 */
@NullMarked
package io.podlifecycle.rehearsal.time;

import org.jspecify.annotations.NullMarked;
