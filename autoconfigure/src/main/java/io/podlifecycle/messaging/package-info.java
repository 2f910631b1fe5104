/**
 * Message listeners, which stop to pull when an application leaves.
 */
@NullMarked
package io.podlifecycle.messaging;

import org.jspecify.annotations.NullMarked;
