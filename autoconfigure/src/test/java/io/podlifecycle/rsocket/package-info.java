/**
 * RSocket servers that are told to leave.
 */
@NullMarked
package io.podlifecycle.rsocket;

import org.jspecify.annotations.NullMarked;
