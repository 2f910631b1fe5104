/**
 * Scheduled tasks and executors: what they have begun is finished, and periodic tasks go
 * on until all other work is done.
 */
@NullMarked
package io.podlifecycle.task;

import org.jspecify.annotations.NullMarked;
