/**
 * What in the surroundings of an application stands in the way of an orderly end, and how
 * to mend it.
 */
@NullMarked
package io.podlifecycle.diagnosis;

import org.jspecify.annotations.NullMarked;
