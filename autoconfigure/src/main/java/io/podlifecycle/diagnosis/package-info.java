/**
 * What in the surroundings of an application stands in the way of a graceful shutdown,
 * and how to fix it.
 */
@NullMarked
package io.podlifecycle.diagnosis;

import org.jspecify.annotations.NullMarked;
