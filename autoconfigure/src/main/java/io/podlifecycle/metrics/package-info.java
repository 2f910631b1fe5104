/**
 * The pod life cycle in Micrometer's meters.
 */
@NullMarked
package io.podlifecycle.metrics;

import org.jspecify.annotations.NullMarked;
