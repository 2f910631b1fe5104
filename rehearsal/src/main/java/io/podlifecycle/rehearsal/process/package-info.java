/**
 * Starts applications as real processes, signals them and reads what they log; and asks
 * them over HTTP.
 */
@NullMarked
package io.podlifecycle.rehearsal.process;

import org.jspecify.annotations.NullMarked;
