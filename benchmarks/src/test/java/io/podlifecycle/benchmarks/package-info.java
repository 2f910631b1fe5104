/**
 * What the library costs. No test depends on it.
 */
@NullMarked
package io.podlifecycle.benchmarks;

import org.jspecify.annotations.NullMarked;
