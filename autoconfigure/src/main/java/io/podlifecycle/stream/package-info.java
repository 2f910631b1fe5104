/**
 * Streams that are ended when the drain begins, spread over time. Knows no framework.
 */
@NullMarked
package io.podlifecycle.stream;

import org.jspecify.annotations.NullMarked;
