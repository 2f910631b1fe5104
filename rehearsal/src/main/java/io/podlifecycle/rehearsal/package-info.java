/**
 * Rehearses, on one machine, what happens to the clients of an application while its pods
 * are replaced, deleted or lost.
 */
@NullMarked
package io.podlifecycle.rehearsal;

import org.jspecify.annotations.NullMarked;
