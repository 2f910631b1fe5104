/**
 * A closed-loop HTTP load that hides nothing: no retry, no redirect, no check of a
 * connection before its use.
 */
@NullMarked
package io.podlifecycle.rehearsal.load;

import org.jspecify.annotations.NullMarked;
