/**
 * An HTTP load that hides nothing, in closed loops or at a rate: no retry, no redirect,
 * no check of a connection before its use.
 */
@NullMarked
package io.podlifecycle.rehearsal.load;

import org.jspecify.annotations.NullMarked;
