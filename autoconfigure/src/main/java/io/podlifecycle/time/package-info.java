/**
 * Time, injected: what reads the clock and what sleeps, and the threads that do so.
 * Everything else is handed the time.
 */
@NullMarked
package io.podlifecycle.time;

import org.jspecify.annotations.NullMarked;
