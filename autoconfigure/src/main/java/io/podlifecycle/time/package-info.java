/**
 * Time, injected: what reads the clock and what sleeps. Everything else is handed one.
 */
@NullMarked
package io.podlifecycle.time;

import org.jspecify.annotations.NullMarked;
