/**
 * Scheduled tasks and executors in the shutdown.
 */
@NullMarked
package io.podlifecycle.task;

import org.jspecify.annotations.NullMarked;
