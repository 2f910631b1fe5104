/**
 * Listeners in a process that gets a real SIGTERM, with real brokers.
 */
@NullMarked
package io.podlifecycle.messaging;

import org.jspecify.annotations.NullMarked;
