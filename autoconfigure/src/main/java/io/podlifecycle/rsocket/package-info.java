/**
 * RSocket servers.
 */
@NullMarked
package io.podlifecycle.rsocket;

import org.jspecify.annotations.NullMarked;
