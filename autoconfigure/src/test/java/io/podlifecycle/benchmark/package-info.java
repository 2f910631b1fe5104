/**
 * Measurements. No test depends on them.
 */
@NullMarked
package io.podlifecycle.benchmark;

import org.jspecify.annotations.NullMarked;
