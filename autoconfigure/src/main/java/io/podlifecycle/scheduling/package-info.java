/**
 * Scheduled tasks and executors: triggers stop when an application leaves, what they and
 * others have begun is finished.
 */
@NullMarked
package io.podlifecycle.scheduling;

import org.jspecify.annotations.NullMarked;
