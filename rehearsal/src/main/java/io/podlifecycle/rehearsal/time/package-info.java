/**
 * Waits that have an end, and how much time has passed.
 */
@NullMarked
package io.podlifecycle.rehearsal.time;

import org.jspecify.annotations.NullMarked;
