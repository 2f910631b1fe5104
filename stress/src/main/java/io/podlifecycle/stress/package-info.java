/**
 * Runs the stress tests, which are in the packages of what they stress.
 */
@NullMarked
package io.podlifecycle.stress;

import org.jspecify.annotations.NullMarked;
