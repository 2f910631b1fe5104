/**
 * Scheduled tasks and executors on the way out.
 */
@NullMarked
package io.podlifecycle.scheduling;

import org.jspecify.annotations.NullMarked;
