/**
 * Requests that an application sends to itself before it is ready, so that its first
 * clients do not pay for loading and compiling code. Knows no framework.
 */
@NullMarked
package io.podlifecycle.warmup;

import org.jspecify.annotations.NullMarked;
