/**
 * Tests of what a user gets who adds the starter and nothing else.
 */
@NullMarked
package io.podlifecycle.starter;

import org.jspecify.annotations.NullMarked;
