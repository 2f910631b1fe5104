/**
 * Scheduled tasks and executors in the shutdown.
 */
@NullMarked
package io.podlifecycle.scheduling;

import org.jspecify.annotations.NullMarked;
