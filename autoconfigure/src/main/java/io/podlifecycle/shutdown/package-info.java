/**
 * The end of the process: signal, states, deadline and the graceful shutdown itself.
 * Knows no framework.
 */
@NullMarked
package io.podlifecycle.shutdown;

import org.jspecify.annotations.NullMarked;
